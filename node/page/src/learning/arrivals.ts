// What changed between two lists of records: so that a list that somebody reads does not move under their eyes.

export interface Arrivals {
  /** Records of the newer list that the older one lacks. */
  added: number;
  /** Records that are no longer there. */
  gone: number;
}

export function arrivalsBetween(shown: readonly string[], newer: readonly string[]): Arrivals {
  const before = new Set(shown);
  const after = new Set(newer);
  let added = 0;
  let gone = 0;
  for (const id of after) if (!before.has(id)) added += 1;
  for (const id of before) if (!after.has(id)) gone += 1;
  return { added, gone };
}
