import { expect, test } from 'vitest';

import { likenessWords } from './likeness';

const names = { country: (letters: string) => (letters === 'GBR' ? '영국' : letters), region: () => '유럽' };

test('a country and a region are named, and what is of none is left out', () => {
  const city = { country: 'GBR', region: 'Europe' };
  expect(likenessWords(['같은 국가, GBR', '같은 지역, Europe', '2.1.3'], city, names)).toBe('같은 국가, 영국; 같은 지역, 유럽; 2.1.3');
  expect(likenessWords(['in the same country, INT', 'both work on 2.1.3'], undefined, names)).toBe('both work on 2.1.3');
  expect(likenessWords(['in the same country, GBR'], undefined, names)).toBe('in the same country, GBR');
});
