import { expect, test } from 'vitest';

import { besideGroups } from './beside_rows';
import { byCountry, foundCities } from './cities_found';
import { toggled } from './collections';
import { byFeature, latestFigures } from './figures';
import { newsByDay } from './news_days';
import { newsTitle } from './news_title';
import { byKind } from './notice_kinds';
import { countWords } from './talk';

const cities = [
  { slug: 'gb-derby', name: 'Derby', kind: 'city' },
  { slug: 'fi-espoo', name: 'Espoo', kind: 'city' },
  { slug: 'co-bogota', name: 'Bogotá', kind: 'city' },
  { slug: 'int-uil', name: 'UIL', kind: 'secretariat' },
];
const countries: Record<string, string> = {
  'gb-derby': 'United Kingdom',
  'fi-espoo': 'Finland',
  'co-bogota': 'Colombia',
};
const countryOf = (slug: string) => countries[slug] ?? '';

test('cities are found by name and country, without their accents', () => {
  expect(foundCities(cities, 'bogota', countryOf).map((one) => one.slug)).toEqual(['co-bogota']);
  expect(foundCities(cities, 'united derby', countryOf).map((one) => one.slug)).toEqual(['gb-derby']);
  expect(foundCities(cities, ' ', countryOf).map((one) => one.name)).toEqual(['Bogotá', 'Derby', 'Espoo', 'UIL']);
});
test('countries stand by name, and those of none last', () => {
  expect(byCountry(cities, countryOf).map((group) => group.country)).toEqual([
    'Colombia',
    'Finland',
    'United Kingdom',
    '',
  ]);
});
test('side by side is by name of the city and by year, whatever the values are', () => {
  const rows = [
    { member: 'gb-derby', cell: 'a', year: 2025, value: '99' },
    { member: 'fi-espoo', cell: 'a', year: 2024, value: '1' },
    { member: 'gb-derby', cell: 'a', year: 2024, value: '3' },
  ];
  const names: Record<string, string> = { 'gb-derby': 'Derby', 'fi-espoo': 'Espoo', 'co-bogota': 'Bogotá' };
  const [group] = besideGroups(rows, ['fi-espoo', 'gb-derby', 'co-bogota'], (slug) => names[slug] ?? slug);
  expect(group?.cities.map((city) => city.member)).toEqual(['co-bogota', 'gb-derby', 'fi-espoo']);
  expect(group?.cities[1]?.rows.map((row) => row.year)).toEqual([2024, 2025]);
  expect(group?.cities[0]?.rows).toEqual([]);
});
test('the latest published figure of each row is shown, drafts never', () => {
  const rows = [
    { cell: '1.1.1/a', year: 2023, published: true },
    { cell: '1.1.1/a', year: 2025, published: false },
    { cell: '1.1.1/a', year: 2024, published: true },
    { cell: '1.2.1/b', year: 2020, published: true },
  ];
  expect(latestFigures(rows).map((row) => [row.cell, row.year])).toEqual([
    ['1.1.1/a', 2024],
    ['1.2.1/b', 2020],
  ]);
  const order = ['1.2.1/b', '1.1.1/a', '9.9.9/c'];
  expect(byFeature(latestFigures(rows, order)).map((group) => group.feature)).toEqual(['1.2.1', '1.1.1']);
});
test('news is by days, the latest first, and of each record the latest', () => {
  const at = (day: number, hour: number) => BigInt(new Date(2026, 2, day, hour).getTime());
  const days = newsByDay([
    { member: 'gb-derby', id: 'a', atMs: at(1, 9) },
    { member: 'gb-derby', id: 'c', atMs: at(1, 10) },
    { member: 'gb-derby', id: 'b', atMs: at(2, 9) },
    { member: 'gb-derby', id: 'c', atMs: at(2, 23) },
    { member: 'fi-espoo', id: 'c', atMs: at(2, 22) },
  ]);
  expect(days.map((day) => day.items.map((item) => item.id))).toEqual([['c', 'c', 'b'], ['a']]);
});
test('a collection is put in and taken out, in the order of the collections', () => {
  expect(toggled(['offers'], 'practices')).toEqual(['practices', 'offers']);
  expect(toggled(['practices', 'offers'], 'practices')).toEqual(['offers']);
});
test('notices stand by kind in the order in which they came', () => {
  const groups = byKind([
    { kind: 'recognition', id: '1' },
    { kind: 'call', id: '2' },
    { kind: 'from the future', id: '3' },
    { kind: 'call', id: '4' },
  ]);
  expect(groups.map((group) => [group.kind, group.notices.map((notice) => notice.id)])).toEqual([
    ['call', ['2', '4']],
    ['recognition', ['1']],
    ['from the future', ['3']],
  ]);
});
test('all words of a thread are counted', () => {
  expect(countWords({ words: [{ words: [{ words: [] }] }, { words: [] }] })).toBe(3);
});
test('a phrase of the node is told from a title of a city', () => {
  expect(newsTitle({ kind: 'answer', title: 'answered Who teaches?' })).toBe('answered Who teaches?');
  expect(newsTitle({ kind: 'practice', title: 'left behind' })).toBe('left behind');
  expect(newsTitle({ kind: 'answer', title: 'something else' })).toBe('something else');
  const place = 'how many people live in the city';
  expect(newsTitle({ kind: 'place', title: place })).toBe(place);
  expect(newsTitle({ kind: 'place', title: '' })).toBe('');
});
