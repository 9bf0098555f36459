// Rows of several cities: by cell, then by name of the city, then by year. Never by a value.
export interface BesideRow {
  member: string;
  cell: string;
  year: number;
}
export interface BesideGroup<T> {
  cell: string;
  /** By name; also those that have published nothing for it. */
  cities: { member: string; rows: T[] }[];
}

export function besideGroups<T extends BesideRow>(
  rows: readonly T[],
  members: readonly string[],
  nameOf: (slug: string) => string,
): BesideGroup<T>[] {
  const byName = [...members].sort((a, b) => nameOf(a).localeCompare(nameOf(b)) || a.localeCompare(b));
  const cells = [...new Set(rows.map((row) => row.cell))];
  return cells.map((cell) => ({
    cell,
    cities: byName.map((member) => ({
      member,
      rows: rows.filter((row) => row.cell === cell && row.member === member).sort((a, b) => a.year - b.year),
    })),
  }));
}
