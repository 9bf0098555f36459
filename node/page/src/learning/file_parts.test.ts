import { expect, test } from 'vitest';

import { sizeInWords, wholeFile } from './file_parts';

const part = (...bytes: number[]) => Promise.resolve(Uint8Array.from(bytes));

test('parts are put together in their order, and each is told of', async () => {
  const told: number[] = [];
  const whole = await wholeFile(
    2,
    3,
    (index) => (index === 0 ? part(1, 2) : part(3)),
    (done) => told.push(done),
  );
  expect([...whole]).toEqual([1, 2, 3]);
  expect(told).toEqual([1, 2]);
});
test('a file that is not as long as it says is no file', async () => {
  await expect(wholeFile(1, 3, () => part(1, 2))).rejects.toThrow('shorter');
  await expect(wholeFile(1, 1, () => part(1, 2))).rejects.toThrow('longer');
});
test('a part that cannot be read ends it', async () => {
  await expect(
    wholeFile(2, 3, (index) => (index === 0 ? part(1) : Promise.reject(new Error('not here')))),
  ).rejects.toThrow('not here');
});
test('sizes are said in the language', () => {
  expect(sizeInWords(999n, 'en')).toBe('999 byte');
  expect(sizeInWords(1_250_000, 'en')).toBe('1.3 MB');
});
