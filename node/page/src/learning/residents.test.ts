import { expect, test } from 'vitest';

import {
  emptyResidents,
  placeSetting,
  readPeople,
  residentsFact,
  residentsLacks,
  residentsOf,
  residentsWords,
  typedOf,
} from './residents';

const bristol = { people: ' 472,465 ', year: '2021', source: ' Census 2021', note: '' };

test('a number of people is read as people write it', () => {
  for (const text of ['472465', '472,465', '472 465', '472.465', '472’465', '472\u202f465', ' 472465 ']) {
    expect(readPeople(text), text).toBe(472465n);
  }
  expect(readPeople('1,000,000,000')).toBe(1_000_000_000n);
  for (const text of ['', '0', 'many', '-3', '4.7', '47,2465', '1,234.567', '1e6', '1,000,000,001', '1'.repeat(400)]) {
    expect(readPeople(text), text).toBeNull();
  }
});

test('what is missing, or cannot be, is named by its field', () => {
  expect(residentsLacks(bristol)).toEqual([]);
  expect(residentsLacks({ ...bristol, year: '' })).toEqual([]);
  expect(residentsLacks(emptyResidents())).toEqual(['people', 'source']);
  expect(residentsLacks({ people: 'many', year: '21', source: ' ', note: 'n'.repeat(501) })).toEqual([
    'people',
    'year',
    'source',
    'note',
  ]);
  expect(residentsLacks({ ...bristol, year: '1899', source: 's'.repeat(301) })).toEqual(['year', 'source']);
});

test('it is told with its year and where it comes from, and typed again as it was said', () => {
  const said = residentsOf(bristol);
  expect(said).toEqual({ population: 472465n, year: 2021, source: 'Census 2021', note: '' });
  expect(placeSetting(said)).toEqual({ population: 472465n, populationYear: 2021, source: 'Census 2021', note: '' });
  expect(residentsWords(said)).toBe('472,465 people live here (2021, from Census 2021)');
  expect(residentsWords({ ...said, year: 0 })).toBe('472,465 people live here (not dated, from Census 2021)');
  expect(typedOf(said)).toEqual({ people: '472465', year: '2021', source: 'Census 2021', note: '' });
  expect(residentsOf(typedOf({ ...said, year: 0 }))).toEqual({ ...said, year: 0 });
});

test('what cannot be shown says why, and what was not said is nothing', () => {
  const reply = { ...residentsOf(bristol), note: 'Without its surroundings.', fault: '' };
  expect(residentsFact(reply as never)).toBe(`${residentsWords(reply)}\nWithout its surroundings.`);
  expect(residentsFact({ ...reply, fault: 'its bytes are not held' } as never)).toContain('its bytes are not held');
  expect(residentsFact(null)).toBe('');
});
