// The revisions of a city's year. The node tells them of one cell at a time, every revision of each year in which the
// cell was ever reported; one cell that the year has is enough.
import type { IndicatorRevision } from '../gen/hansa/v1/node_pb';
import { node } from '../lib/node';
import type { Layout } from './layout';

export async function revisionsOf(year: number, layout: Layout): Promise<IndicatorRevision[]> {
  const shown = await node.showIndicators({ year });
  const first = shown.rows.filter((row) => row.published && !row.wordOf).map((row) => row.cell);
  // A year that was taken back shows no cell: any may have been in it.
  const cells = first.length > 0 ? first.slice(0, 1) : layout.cells.keys();
  for (const cell of cells) {
    const reply = await node.listIndicatorHistory({ cell });
    const found = reply.revisions.filter((revision) => revision.row?.year === year);
    if (found.length > 0) return found;
  }
  return [];
}
