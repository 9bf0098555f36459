import { expect, test } from 'vitest';

import { askedOf, isNarrow, isSwapped, perPage, queryOf, searchOf } from './asked';

const of = (query: string) => askedOf(new URLSearchParams(query));

test('what is asked stands in the address and is read from it', () => {
  const asked = of('text=family+learning&feature=2.1.3&country=KOR&page=3');
  expect(asked).toMatchObject({ text: 'family learning', feature: '2.1.3', country: 'KOR', offset: 2 * perPage });
  expect(askedOf(new URLSearchParams(queryOf(asked, { offset: asked.offset })))).toEqual(asked);
});

test('a change begins at the first page again', () => {
  expect(queryOf(of('feature=2.1.3&page=3'), { country: 'KOR' })).toEqual({ feature: '2.1.3', country: 'KOR' });
});

test('what is no page and no year is not asked for', () => {
  expect(of('page=-2&year=soon')).toMatchObject({ offset: 0, year: '' });
  expect(of('page=1.5').offset).toBe(0);
});

test('how many people live in the city of the author stands in the address, and only numbers do', () => {
  const asked = of('people-from=100000&people-to=1,000,000');
  expect(asked).toMatchObject({ peopleFrom: '100000', peopleTo: '1000000' });
  expect(queryOf(asked)).toEqual({ 'people-from': '100000', 'people-to': '1000000' });
  expect(searchOf(asked)).toMatchObject({ populationMin: 100_000n, populationMax: 1_000_000n, year: 0 });
  expect(searchOf(of(''))).toMatchObject({ populationMin: 0n, populationMax: 0n });
  expect(isNarrow(asked)).toBe(true);
  expect(isSwapped(asked)).toBe(false);
  expect(isSwapped(of('people-from=20000&people-to=3000'))).toBe(true);
  expect(isSwapped(of('people-from=20000'))).toBe(false);
  expect(of('people-from=many&people-to=-3')).toMatchObject({ peopleFrom: '', peopleTo: '' });
  expect(of('people-to=0').peopleTo).toBe('');
});

test('an empty search narrows nothing down', () => {
  expect(isNarrow(of('text=++&page=2'))).toBe(false);
  expect(isNarrow(of('member=kr-osan'))).toBe(true);
});
