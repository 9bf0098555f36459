// Published figures of a city, the latest of each cell. Values stay as they were written.
export interface Figure {
  cell: string;
  year: number;
  published: boolean;
}

/** Of each cell what was published for the latest year, in the order of `cells`; those that it lacks last. */
export function latestFigures<T extends Figure>(rows: readonly T[], cells: readonly string[] = []): T[] {
  const latest = new Map<string, T>();
  for (const row of rows) {
    if (!row.published) continue;
    const before = latest.get(row.cell);
    if (!before || row.year >= before.year) latest.set(row.cell, row);
  }
  return [...new Set([...cells, ...latest.keys()])].flatMap((cell) => latest.get(cell) ?? []);
}
/** The feature of a cell: '1.1.1' of '1.1.1/adult-literacy-rate#female'. */
export function featureOfCell(cell: string): string {
  return cell.split('/')[0] ?? cell;
}
export function byFeature<T extends { cell: string }>(rows: readonly T[]): { feature: string; rows: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const feature = featureOfCell(row.cell);
    groups.set(feature, [...(groups.get(feature) ?? []), row]);
  }
  return [...groups].map(([feature, found]) => ({ feature, rows: found }));
}
