// The revisions of a city's year. The node tells the whole past of a year at once, a revision of the set once for each
// cell that the year ever had. Pure.
import type { IndicatorRevision } from '../gen/hansa/v1/node_pb';

/** Which revision of which record it is; two of one cell never have the same. */
export function pointOf(revision: IndicatorRevision): string {
  return `${revision.id} ${revision.incarnation} ${revision.sequence}`;
}

/** Each revision of the year's set once, as they were published; surveys and ratings are no part of it. */
export function setsIn(past: readonly IndicatorRevision[]): IndicatorRevision[] {
  const sets = new Map<string, IndicatorRevision>();
  for (const revision of past) {
    if (!revision.row?.wordOf) sets.set(pointOf(revision), sets.get(pointOf(revision)) ?? revision);
  }
  return [...sets.values()].sort((a, b) =>
    a.incarnation === b.incarnation ? Number(a.sequence - b.sequence) : a.incarnation - b.incarnation,
  );
}
