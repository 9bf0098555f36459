// What the node knows of where a record stands, and no more.

export interface Holding {
  queued: boolean;
  unchanged: boolean;
  heldBy: readonly string[];
}
export type Stands =
  | { kind: 'unchanged' }
  /** Not signed yet. */
  | { kind: 'queued' }
  /** On this node alone, as far as is known. */
  | { kind: 'here' }
  /** The hub holds it, and so many others. */
  | { kind: 'hub'; others: number }
  | { kind: 'others'; others: number };

/** `hubs` are the members of the secretariat. */
export function standsOf(record: Holding, hubs: ReadonlySet<string>): Stands {
  if (record.unchanged) return { kind: 'unchanged' };
  if (record.queued) return { kind: 'queued' };
  const holders = new Set(record.heldBy);
  if (holders.size === 0) return { kind: 'here' };
  const others = [...holders].filter((slug) => !hubs.has(slug)).length;
  return others < holders.size ? { kind: 'hub', others } : { kind: 'others', others };
}
