// Files of a year, in and out.
import type { IndicatorRow } from '../gen/hansa/v1/node_pb';
import { files, keepAsFile, node } from '../lib/node';
import { language } from '../lib/words.svelte';

export const mediaTypes: Record<string, string> = {
  csv: 'text/csv',
  'sdmx-csv': 'text/csv',
  'sdmx-ml': 'application/xml',
  jsonl: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export async function keepTemplate(year: number, format: 'csv' | 'xlsx', department: string): Promise<void> {
  const reply = await files.makeTemplate({ year, format, language: language(), department });
  keepAsFile(reply.content, `hansa-${year}${department ? '-part' : ''}.${format}`, mediaTypes[format] ?? '');
}

/** What the city published for the year, all pieces in one file, and what belongs beside it. */
export async function keepExport(year: number, format: string, member: string): Promise<void> {
  const pieces: Uint8Array[] = [];
  let file = '';
  let companion: { file: string; bytes: Uint8Array } | null = null;
  for (let after = ''; ;) {
    const reply = await files.exportIndicators({ format, year, member, language: language(), after });
    pieces.push(reply.content);
    file ||= reply.file;
    if (reply.companionFile) companion = { file: reply.companionFile, bytes: reply.companion };
    after = reply.next;
    if (!after) break;
  }
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  keepAsFile(whole, file || `hansa-${year}.${format}`, mediaTypes[format] ?? '');
  if (companion) keepAsFile(companion.bytes, companion.file, 'application/json');
}

/** What stands for every cell of the years, the draft before what is published. */
export async function standingOf(years: readonly number[]): Promise<Map<string, IndicatorRow>> {
  const standing = new Map<string, IndicatorRow>();
  for (const year of years) {
    const reply = await node.showIndicators({ year });
    for (const row of reply.rows) if (!row.wordOf) standing.set(`${year} ${row.cell}`, row);
  }
  return standing;
}
