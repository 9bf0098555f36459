// What is known of the cells of a year, and what became of them when they were sent.
import { Code, ConnectError } from '@connectrpc/connect';

import type { IndicatorProblem, IndicatorRow } from '../gen/hansa/v1/node_pb';
import { t } from '../lib/words.svelte';

export interface CellRows {
  published: IndicatorRow | undefined;
  draft: IndicatorRow | undefined;
  /** What others say of the cell: surveys and experts. */
  others: IndicatorRow[];
}
/** What became of a cell when it was sent last. */
export interface Outcome {
  kind: 'wrong' | 'waits';
  words: string[];
}
export type Standing = 'empty' | 'published' | 'draft' | 'typing' | 'sending' | 'waits' | 'wrong';

export const nothing: CellRows = { published: undefined, draft: undefined, others: [] };

export function byCell(rows: readonly IndicatorRow[]): Map<string, CellRows> {
  const cells = new Map<string, CellRows>();
  for (const row of rows) {
    const of = cells.get(row.cell) ?? { ...nothing, others: [] };
    if (row.wordOf) of.others.push(row);
    else if (row.published) of.published = row;
    else of.draft = row;
    cells.set(row.cell, of);
  }
  return cells;
}

const refusals = [
  Code.InvalidArgument,
  Code.FailedPrecondition,
  Code.PermissionDenied,
  Code.NotFound,
  Code.OutOfRange,
];
/** The node answered and would answer the same again; anything else is worth another attempt. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ConnectError && refusals.includes(error.code);
}

export function waits(): string {
  return t('kept on this machine until there is a value, or a reason why there is none');
}

/** What is wrong and what to do about it, in one line. */
export function sentence(problem: IndicatorProblem): string {
  return problem.remedy ? `${problem.what}; ${problem.remedy}` : problem.what;
}
