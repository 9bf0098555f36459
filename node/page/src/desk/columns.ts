// A cell's answer column by column, by the names that the node gives them; the columns of an Indicator CSV.
import type { IndicatorRow } from '../gen/hansa/v1/node_pb';

export type Columns = Record<string, string>;

/** What an answer says beside its value: where it comes from and what it is about. */
export const origins = ['source_kind', 'source', 'supplier', 'licence', 'area', 'level', 'match', 'language'] as const;

/** Every column in which something stands. */
export function columnsOf(row: IndicatorRow | undefined): Columns {
  if (!row) return {};
  const columns: Columns = {
    value: row.value ?? '',
    no_data_reason: row.noDataReason,
    source_kind: row.sourceKind,
    source: row.source,
    supplier: row.supplier,
    licence: row.licence,
    period: row.period,
    area: row.area,
    level: row.level,
    match: row.match,
    derivation_note: row.derivationNote,
    language: row.definitionLanguage,
    note: row.note,
    approved_by: row.approvedBy,
  };
  for (const attribute of row.attributes) columns[attribute.key] = attribute.value;
  for (const [column, text] of Object.entries(columns)) if (text === '') delete columns[column];
  return columns;
}

/** Names of the columns that differ, in the order in which they are said. */
export function differing(before: Columns, after: Columns): string[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names].filter((column) => (before[column] ?? '') !== (after[column] ?? ''));
}

/** What stands once `typed` is laid over `standing`: a value takes the place of a reason, and the other way round. */
export function laidOver(standing: Columns, typed: Columns): Columns {
  const columns = { ...standing };
  for (const [column, text] of Object.entries(typed)) {
    if (column === 'value' && text !== '') delete columns['no_data_reason'];
    if (column === 'no_data_reason' && text !== '') delete columns['value'];
    if (text === '') delete columns[column];
    else columns[column] = text;
  }
  return columns;
}

export function isAnswer(columns: Columns): boolean {
  return Boolean(columns['value'] || columns['no_data_reason']);
}

/** What sending does: `typed` as it is, taking the draft of the cell back, keeping what was typed, or nothing. */
export type Act = 'edit' | 'discard' | 'wait' | 'refuse' | 'nothing';

/**
 * What to do with what was typed over a cell. An answer that was emptied is taken out of the draft; what is published
 * cannot be emptied, only answered otherwise; and what is said of an answer waits until there is one.
 */
export function actOf(typed: Columns, published: Columns | null, draft: Columns | null): Act {
  const standing = draft ?? published ?? {};
  if (differing(standing, laidOver(standing, typed)).length === 0) return 'nothing';
  if (isAnswer(laidOver(standing, typed))) return 'edit';
  if (draft) return 'discard';
  if (published) return 'refuse';
  return Object.values(typed).some((text) => text !== '') ? 'wait' : 'nothing';
}
