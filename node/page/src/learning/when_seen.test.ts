import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { pauseAfter, whenSeen } from './when_seen';

const place = {} as Element;
/** Tells an observer's owner that the place is seen, or is not; undefined: nobody looks. */
let look: ((isIntersecting: boolean) => void) | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  class Observer {
    readonly #tell: (seen: { isIntersecting: boolean }[]) => void;
    constructor(tell: (seen: { isIntersecting: boolean }[]) => void) {
      this.#tell = tell;
    }
    observe() {
      look = (isIntersecting) => this.#tell([{ isIntersecting }]);
    }
    unobserve() {
      look = undefined;
    }
    disconnect() {
      look = undefined;
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  look = undefined;
});

test('it is asked for when it is seen, and once', async () => {
  const ask = vi.fn(() => Promise.resolve('files'));
  const take = vi.fn();
  whenSeen(place, ask, take);
  look?.(false);
  expect(ask).not.toHaveBeenCalled();
  look?.(true);
  await vi.runAllTimersAsync();
  expect(take.mock.calls).toEqual([['files']]);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(look).toBeUndefined();
});

test('what failed is asked for again, later and later', async () => {
  const ask = vi.fn(() => Promise.resolve('files')).mockRejectedValueOnce(new Error('away'));
  const take = vi.fn();
  whenSeen(place, ask, take);
  look?.(true);
  await vi.advanceTimersByTimeAsync(pauseAfter(1) - 1);
  expect(look).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  look?.(true);
  await vi.runAllTimersAsync();
  expect(take.mock.calls).toEqual([['files']]);
  expect(pauseAfter(2)).toBe(2 * pauseAfter(1));
  expect(pauseAfter(1000)).toBe(pauseAfter(999));
});

test('nothing is asked or taken after the end', async () => {
  const take = vi.fn();
  const end = whenSeen(place, () => Promise.resolve('files'), take);
  look?.(true);
  end();
  await vi.runAllTimersAsync();
  expect(take).not.toHaveBeenCalled();

  const endFailed = whenSeen(place, () => Promise.reject(new Error('away')), take);
  look?.(true);
  await vi.advanceTimersByTimeAsync(1);
  endFailed();
  await vi.runAllTimersAsync();
  expect(look).toBeUndefined();
});
