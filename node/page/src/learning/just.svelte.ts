// What was published a moment ago, to be told on the view that is shown next.
import type { PublishedRecord } from '../gen/hansa/v1/node_records_pb';

/** What was done with it. */
export type Deed = 'published' | 'withdrawn' | 'replied' | 'signed' | 'declined' | 'left' | 'concluded' | 'joined';

export interface Told {
  deed: Deed;
  record: PublishedRecord;
  /** What went wrong beside it, a sentence each. */
  faults: string[];
}

export const just = $state<{ told: Told | null }>({ told: null });

export function tell(deed: Deed, record: PublishedRecord, faults: string[] = []): void {
  just.told = { deed, record, faults };
}
