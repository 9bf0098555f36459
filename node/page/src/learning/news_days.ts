// News by days of the reader's clock, the latest first. Of a record that came in several revisions the latest is told.

export interface NewsDay<T> {
  /** The beginning of that day, milliseconds since 1970. */
  at: number;
  items: T[];
}

function dayOf(milliseconds: number): number {
  const day = new Date(milliseconds);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** `news` in the order in which it came. */
export function newsByDay<T extends { atMs: bigint; member: string; id: string }>(news: readonly T[]): NewsDay<T>[] {
  const days: NewsDay<T>[] = [];
  const told = new Set<string>();
  for (const item of [...news].reverse()) {
    const record = `${item.member} ${item.id}`;
    if (told.has(record)) continue;
    told.add(record);
    const at = dayOf(Number(item.atMs));
    const day = days.find((each) => each.at === at);
    if (day) day.items.push(item);
    else days.push({ at, items: [item] });
  }
  return days.sort((a, b) => b.at - a.at);
}
