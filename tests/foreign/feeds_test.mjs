// Web feeds: Atom by rss-parser and feed-extractor, the JSON Feed by the latter. All find the same records.
import { readFileSync } from 'node:fs';
import { strict as assert } from 'node:assert';
import Parser from 'rss-parser';
import { extractFromJson, extractFromXml } from '@extractus/feed-extractor';

const folder = process.argv[2];
const atom = readFileSync(`${folder}/feed.atom`, 'utf8');
const json = readFileSync(`${folder}/feed.json`, 'utf8');
const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
const title = 'What a network published last';

const parsed = await new Parser().parseString(atom);
assert.equal(parsed.title, title);
assert.equal(parsed.feedUrl, 'https://learning.example.org/feeds/all.atom');
assert.equal(parsed.items.length, expected.length);
parsed.items.forEach((item, i) => {
  assert.equal(item.id, expected[i].id);
  assert.equal(item.title, expected[i].title);
  assert.equal(item.link ?? '', expected[i].address);
  assert.equal(item.author, expected[i].author);
  assert.equal(Date.parse(item.isoDate) / 1000, expected[i].published);
  if (expected[i].html) assert.equal(item.content.trim(), expected[i].html.trim());
});

const options = { normalization: true, useISODateFormat: true, descriptionMaxLen: 0 };
for (const [name, feed] of [['feed.atom', extractFromXml(atom, options)], ['feed.json', extractFromJson(JSON.parse(json), options)]]) {
  assert.equal(feed.title, title, name);
  assert.equal(feed.entries.length, expected.length, name);
  feed.entries.forEach((entry, i) => {
    assert.equal(entry.id, expected[i].id, name);
    assert.equal(entry.title, expected[i].title, name);
    if (expected[i].address) assert.equal(entry.link, expected[i].address, name);
  });
}
console.log(`${expected.length} records found in both forms`);
