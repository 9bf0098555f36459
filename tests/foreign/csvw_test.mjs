// CSV on the Web: the metadata is read as JSON-LD, and the table by what it says, into statements. Each row must come
// out with its figure, digits and type. The terms of the W3C's context that we use stand in csvw_context.json, as no
// test asks the network.
import { createReadStream, readFileSync } from 'node:fs';
import { strict as assert } from 'node:assert';
import DataFactory from '@rdfjs/data-model';
import DatasetFactory from '@rdfjs/dataset';
import CsvwParser from '@zazuko/rdf-parser-csvw';
import jsonld from 'jsonld';
import { holdToExpected } from './expected.mjs';

const folder = process.argv[2];
const here = new URL('.', import.meta.url);
const base = 'http://example.org/figures.csv';
const xsd = 'http://www.w3.org/2001/XMLSchema#';

async function documentLoader(url) {
  assert.equal(url, 'http://www.w3.org/ns/csvw', `the metadata refers to ${url}, which no reader here knows`);
  return { documentUrl: url, document: JSON.parse(readFileSync(new URL('csvw_context.json', here), 'utf8')) };
}

// jsonld's terms as RDF/JS terms.
function term({ termType, value, language, datatype }) {
  if (termType === 'NamedNode') return DataFactory.namedNode(value);
  if (termType === 'BlankNode') return DataFactory.blankNode(value.replace('_:', ''));
  return DataFactory.literal(value, language || DataFactory.namedNode(datatype.value));
}

async function readMetadata() {
  const text = JSON.parse(readFileSync(`${folder}/figures.csv-metadata.json`, 'utf8'));
  const quads = await jsonld.toRDF(text, { base, documentLoader, safe: false });
  return DatasetFactory.dataset(quads.map((q) => DataFactory.quad(term(q.subject), term(q.predicate), term(q.object))));
}

async function readTable(metadata) {
  const parser = new CsvwParser({ metadata, baseIRI: base, factory: undefined });
  const rows = new Map();
  for await (const { subject, predicate, object } of parser.import(createReadStream(`${folder}/figures.csv`, 'utf8'))) {
    if (!rows.has(subject.value)) rows.set(subject.value, new Map());
    rows.get(subject.value).set(predicate.value, object);
  }
  return [...rows.values()].filter((row) => row.has(`${base}#cell`));
}

const sdmx = 'http://purl.org/linked-data/sdmx/2009/';
const text = (row, property) => row.get(property)?.value ?? '';

const rows = await readTable(await readMetadata());
holdToExpected(rows.map((row) => ({
  member: text(row, `${sdmx}dimension#refArea`),
  year: text(row, `${sdmx}dimension#refPeriod`),
  cell: text(row, `${base}#cell`),
  value: text(row, `${sdmx}measure#obsValue`),
  note: text(row, 'http://www.w3.org/2000/01/rdf-schema#comment'),
})), folder);
let figures = 0;
for (const row of rows) {
  assert.equal(row.get(`${sdmx}dimension#refPeriod`).datatype.value, `${xsd}gYear`);
  const value = row.get(`${sdmx}measure#obsValue`);
  if (value === undefined) continue;
  assert.equal(value.datatype.value, `${xsd}decimal`);
  figures += 1;
}
assert.ok(figures > 300 && figures < rows.length, `${figures} figures in ${rows.length} rows`);
console.log(`${rows.length} rows, ${figures} figures`);
