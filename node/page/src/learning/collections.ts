// Collections that a member may publish, in the order of their numbers.
export const collections = [
  'indicators',
  'practices',
  'offers',
  'aggregates',
  'reviews',
  'dialogue',
  'notices',
  'strategies',
] as const;

/** `all` with `collection` put in or taken out, in their order. */
export function toggled(all: readonly string[], collection: string): string[] {
  return collections.filter((each) => (each === collection ? !all.includes(each) : all.includes(each)));
}
