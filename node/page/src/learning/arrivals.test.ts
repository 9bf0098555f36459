import { expect, test } from 'vitest';

import { arrivalsBetween } from './arrivals';

test('what came and what went is counted, whatever the order', () => {
  expect(arrivalsBetween(['a', 'b'], ['c', 'b', 'd'])).toEqual({ added: 2, gone: 1 });
  expect(arrivalsBetween(['a', 'b'], ['b', 'a'])).toEqual({ added: 0, gone: 0 });
});
