// DuckDB: the table is read with the types that DuckDB itself finds, its figures are summed as decimals, and it goes to
// Parquet and back with the line that tests/foreign/README.md documents.
import { rmSync } from 'node:fs';
import { strict as assert } from 'node:assert';
import { DuckDBInstance } from '@duckdb/node-api';
import { expectedRows, holdToExpected } from './expected.mjs';

const folder = process.argv[2];
const csv = `${folder}/figures.csv`;
const parquet = `${folder}/figures.parquet`;
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjects();

// Billionths of the sum, by whole numbers alone.
function sumOfExpected() {
  let sum = 0n;
  for (const { value } of expectedRows(folder)) {
    const [, sign, whole, parts] = /^(-?)(\d+)\.?(\d*)$/.exec(value === '' ? '0' : value);
    sum += BigInt(sign + whole + parts.padEnd(9, '0'));
  }
  return sum;
}

const types = Object.fromEntries((await ask(`DESCRIBE FROM read_csv('${csv}')`)).map((c) => [c.column_name, c.column_type]));
assert.equal(Object.keys(types).length, 35);
assert.equal(types.value, 'DOUBLE');
assert.equal(types.year, 'BIGINT');
assert.equal(types.revision, 'BIGINT');
for (const column of ['member', 'city', 'country', 'cell', 'measurement_id', 'source', 'note', 'record']) {
  assert.equal(types[column], 'VARCHAR', column);
}

const shown = `SELECT member, year, cell, coalesce(value, '') AS value, coalesce(note, '') AS note`;
holdToExpected(await ask(`${shown} FROM read_csv('${csv}', all_varchar=true)`), folder);

const [{ sum }] = await ask(`SELECT CAST(sum(CAST(value AS DECIMAL(30, 9))) * 1000000000 AS VARCHAR) AS sum
                             FROM read_csv('${csv}', all_varchar=true)`);
assert.equal(BigInt(sum.replace(/\.0+$/, '')), sumOfExpected());

rmSync(parquet, { force: true });
await connection.run(`COPY (FROM read_csv('${csv}', all_varchar=true)) TO '${parquet}' (FORMAT parquet)`);
holdToExpected(await ask(`${shown} FROM '${parquet}'`), folder);

const lines = await ask(`SELECT member, year::VARCHAR AS year, cell, coalesce(value, '') AS value, coalesce(note, '') AS note
                         FROM read_json('${folder}/figures.jsonl', format='newline_delimited', sample_size=-1,
                                        columns={member: 'VARCHAR', year: 'INTEGER', cell: 'VARCHAR', value: 'VARCHAR', note: 'VARCHAR'})`);
holdToExpected(lines, folder);
console.log(`${lines.length} rows; the sum of their figures is ${sum} billionths`);
