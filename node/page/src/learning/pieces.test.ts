import { expect, test } from 'vitest';

import { firstLines, piecesOf } from './pieces';

test('found words are told from the rest', () => {
  expect(piecesOf('all \u0002families\u0003 read')).toEqual([
    { text: 'all ', found: false },
    { text: 'families', found: true },
    { text: ' read', found: false },
  ]);
  expect(piecesOf('')).toEqual([]);
});

test('an end that never came leaves no text out', () => {
  expect(piecesOf('\u0002read')).toEqual([{ text: 'read', found: true }]);
});

test('first lines have no marks of Markdown and end between words', () => {
  expect(firstLines('## Why\n\n- **Few** read [more](https://a.example)')).toBe('Why Few read more');
  expect(firstLines('one two three four', 12)).toBe('one two …');
});

test('a text without spaces is cut where it is too long, between whole letters', () => {
  expect(firstLines('가'.repeat(30), 10)).toBe(`${'가'.repeat(10)} …`);
  expect(firstLines('📚'.repeat(12), 10)).toBe(`${'📚'.repeat(10)} …`);
});
