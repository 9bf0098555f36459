import { expect, test } from 'vitest';

import { countryCode, placeOf } from './places';

test('records are read where their kind is', () => {
  expect(placeOf({ kind: 'practice', id: 'ab12' })).toBe('/practices/ab12');
  expect(placeOf({ kind: 'call for data', id: 'ab12' })).toBe('/notices/ab12');
  expect(placeOf({ kind: 'strategy', id: 'ab12' })).toBe('/strategies/ab12');
  expect(placeOf({ kind: 'question', id: 'ab12' })).toBe('/questions/ab12');
  expect(placeOf({ kind: 'indicator set', id: 'ab12', member: 'kr-osan' })).toBe('/cities/kr-osan');
  expect(placeOf({ kind: 'place', id: 'ab12', member: 'kr-osan' })).toBe('/cities/kr-osan');
});
test('what is not held here leads nowhere', () => {
  expect(placeOf({ kind: '', id: 'ab12' })).toBeNull();
  expect(placeOf({ kind: 'practice', id: '' })).toBeNull();
  expect(placeOf({ kind: 'report', id: 'ab12' })).toBeNull();
});
test('a member has the country that its name begins with', () => {
  expect(countryCode('kr-osan')).toBe('KR');
  expect(countryCode('int-uil')).toBeNull();
});
