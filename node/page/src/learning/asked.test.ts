import { expect, test } from 'vitest';

import { askedOf, isNarrow, perPage, queryOf } from './asked';

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

test('an empty search narrows nothing down', () => {
  expect(isNarrow(of('text=++&page=2'))).toBe(false);
  expect(isNarrow(of('member=kr-osan'))).toBe(true);
});
