// What waits for a second person, where the node asks for one: whoever publishes puts it forward, and another account
// that may publish reads it and agrees. The node decides what that is; here it is only told of.
import { askDoor, may, session } from './session.svelte';
import { t } from './words.svelte';

export interface Proposal {
  id: string;
  /** Of the node's own API. */
  method: string;
  /** Who put it forward. */
  by: string;
  own: boolean;
  at_ms: number;
  bytes: number;
  /** Somebody agreed before, and it is not known what came of it: it may be published already. */
  tried: boolean;
}
export interface ProposalRead extends Proposal {
  /** As it was asked, without a file that is larger than a text. */
  request: Record<string, unknown>;
  /** Of the file that belongs to it, shown in the request or not; missing: none does. */
  file_bytes?: number;
}

/** Open while a person is told that something of theirs was put forward. */
export const putForward = $state({ open: false });

export async function listProposals(): Promise<Proposal[]> {
  if (!may('publisher')) return [];
  return (await askDoor<{ proposals: Proposal[] }>('GET', '/proposals')).proposals;
}
export function readProposal(id: string): Promise<ProposalRead> {
  return askDoor('GET', `/proposals/${id}`);
}
export async function agreeTo(id: string): Promise<void> {
  await askDoor('POST', `/proposals/${id}/agree`, {});
}
/** Declines what another put forward; takes back what one put forward oneself. */
export async function takeOut(id: string): Promise<void> {
  await askDoor('DELETE', `/proposals/${id}`, {});
}

/** What stands on a button that publishes: with a second person to agree it puts forward. */
export function publishes(label: string): string {
  return session.fourEyes ? t('Put forward for a second person') : label;
}
