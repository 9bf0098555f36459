import { expect, test } from 'vitest';

import { likenessWords } from './likeness';

const names = { country: (letters: string) => (letters === 'GBR' ? '영국' : letters), region: () => '유럽' };

test('a country and a region are named, and what is of none is left out', () => {
  const city = { country: 'GBR', region: 'Europe' };
  expect(likenessWords(['같은 국가, GBR', '같은 지역, Europe', '2.1.3'], city, names)).toBe('같은 국가, 영국; 같은 지역, 유럽; 2.1.3');
  expect(likenessWords(['in the same country, INT', 'both work on 2.1.3'], undefined, names)).toBe('both work on 2.1.3');
  expect(likenessWords(['in the same country, GBR'], undefined, names)).toBe('in the same country, GBR');
});

test('how many people live in both is said as the node says it, whatever the source is called', () => {
  const city = { country: 'GBR', region: 'Europe' };
  const english = "about as many people: 472,465 (2021, from 'Census, GBR') and 320,931 (not dated, from 'Register, INT')";
  const korean = "사는 사람의 수가 비슷함: 472,465명(2021, 출처 'Census, GBR')과 320,931명(연도 없음, 출처 'Register, INT')";
  expect(likenessWords([english], city, names)).toBe(english);
  expect(likenessWords(['같은 국가, GBR', korean], city, names)).toBe(`같은 국가, 영국; ${korean}`);
});
