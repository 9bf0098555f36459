// What every reader is held to: expected.tsv, row by row. And a count of what was checked, so that a test that looked
// at nothing fails.
import { readFileSync } from 'node:fs';
import { strict as assert } from 'node:assert';

export function expectedRows(folder) {
  const rows = readFileSync(`${folder}/expected.tsv`, 'utf8').split('\n').filter((line) => line !== '').map((line) => {
    const [member, year, cell, value, note] = line.split('\t');
    return { member, year, cell, value, note: note.replaceAll('\\n', '\n') };
  });
  assert.ok(rows.length > 300, `expected.tsv has only ${rows.length} rows`);
  return rows;
}

// `rows` as they were read, with the fields of expectedRows(); all text. The note without the apostrophe that keeps a
// spreadsheet from taking it for a formula.
export function holdToExpected(rows, folder) {
  const unguarded = (note) => (/^'+[=+\-@\t]/.test(note) ? note.slice(1) : note);
  assert.deepEqual(rows.map((row) => ({ ...row, note: unguarded(row.note) })), expectedRows(folder));
}
