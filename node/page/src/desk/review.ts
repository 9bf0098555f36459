// What is about to be said to the network for a year: what the draft changes, what the checks find, and the hash that
// names exactly this.
import type { CheckIndicatorsReply } from '../gen/hansa/v1/node_pb';
import { node } from '../lib/node';
import { columnsOf, isAnswer } from './columns';
import type { Difference } from './Differences.svelte';
import { loadNaming, type Naming } from './naming';

export interface Review {
  check: CheckIndicatorsReply;
  naming: Naming;
  differences: Difference[];
  /** Cells of the year as it would be published. */
  values: number;
  /** What is published; 0: nothing. */
  revision: number;
}

export async function reviewOf(year: number): Promise<Review> {
  // First: should the draft change now, its hash is the older one, and what nobody has seen is not published.
  const check = await node.checkIndicators({ year });
  const [rows, naming] = await Promise.all([node.showIndicators({ year }), loadNaming()]);
  const published = new Map(rows.rows.filter((row) => row.published && !row.wordOf).map((row) => [row.cell, row]));
  const drafts = rows.rows.filter((row) => !row.published);
  const differences: Difference[] = drafts.map((after) => ({
    cell: after.cell,
    before: published.get(after.cell),
    after,
  }));
  const cells = new Set([
    ...published.keys(),
    ...drafts.filter((row) => isAnswer(columnsOf(row))).map((row) => row.cell),
  ]);
  const revision = Math.max(0, ...[...published.values()].map((row) => row.revision));
  return { check, naming, differences, values: cells.size, revision };
}
