// Who is known to hold a publication.
import type { GetStatusReply } from '../gen/hansa/v1/node_pb';

type Status = Pick<GetStatusReply, 'nowMs'> & {
  peers: readonly { member: string; lastEqualRootS?: number; lastComparisonEqual: boolean }[];
};

export interface Holders {
  hub: boolean;
  /** Slugs of members that are no hub, by name. */
  others: string[];
}

/**
 * Those who confirmed it, and hubs that have been found to hold the same as this node since `sinceMs`, when it was on
 * this node's disk: a hub keeps everything, so the same is all of it. Others may keep less, so equality says nothing.
 */
export function holdersOf(
  confirmed: readonly string[],
  hubs: readonly string[],
  status: Status,
  sinceMs: number,
): Holders {
  const all = new Set(confirmed);
  for (const peer of status.peers) {
    if (!hubs.includes(peer.member) || !peer.lastComparisonEqual || peer.lastEqualRootS === undefined) continue;
    if (Number(status.nowMs) - peer.lastEqualRootS * 1000 > sinceMs) all.add(peer.member);
  }
  return { hub: hubs.some((hub) => all.has(hub)), others: [...all].filter((slug) => !hubs.includes(slug)).sort() };
}
