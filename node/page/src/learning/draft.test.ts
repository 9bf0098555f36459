import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { draft } from './draft.svelte';

interface Text {
  title: string;
  text: string;
}
const one: Text = { title: 'Boats', text: 'one' };
const two: Text = { title: 'Boats and books', text: 'two' };
const empty = (): Text => ({ title: '', text: '' });
const place = 'hansa-draft:::strategy:1';
let shelf: Map<string, string>;

function keeps(setItem: (key: string, text: string) => void): void {
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => shelf.get(key) ?? null,
    setItem,
    removeItem: (key: string) => shelf.delete(key),
  });
}
beforeEach(() => {
  shelf = new Map();
  keeps((key, text) => shelf.set(key, text));
});
afterEach(() => vi.unstubAllGlobals());

test('a form in which nothing was typed is over the newest revision', () => {
  const form = draft('strategy:1', empty);
  form.startWith(one, 1);
  expect([form.value, form.of, form.newer]).toEqual([one, 1, 0]);
  form.startWith(two, 2);
  expect([form.value, form.of, form.newer]).toEqual([two, 2, 0]);
});

test('a draft that does not say what it was begun over goes on over what is published only when told to', () => {
  for (const kept of [{ title: 'Mine', text: 'one' }, { stamp: '1', after: '', of: 0, base: null, value: { ...one, title: 'Mine' } }]) {
    shelf.set(place, JSON.stringify(kept));
    const form = draft('strategy:1', empty);
    form.startWith(two, 2);
    expect([form.of, form.newer]).toEqual([0, 2]);
    form.goOn();
    // What was not changed is not known: all of it stays.
    expect([form.value, form.of, form.newer]).toEqual([{ title: 'Mine', text: 'one' }, 2, 0]);
    expect(JSON.parse(shelf.get(place) ?? '')).toMatchObject({ of: 2, base: two, value: { title: 'Mine', text: 'one' } });
  }
});

test('a draft that says what it was begun over takes the rest from the newer revision', () => {
  const value = { ...one, title: 'Mine' };
  shelf.set(place, JSON.stringify({ stamp: '1', after: '', of: 1, base: one, value }));
  const form = draft('strategy:1', empty);
  form.startWith(one, 1);
  expect([form.value, form.of, form.newer]).toEqual([value, 1, 0]);
  form.startWith(two, 2);
  expect([form.value, form.of, form.newer]).toEqual([value, 1, 2]);
  form.goOn();
  expect([form.value, form.of, form.newer]).toEqual([{ title: 'Mine', text: 'two' }, 2, 0]);
});

test('where the browser keeps nothing, one goes on over a newer revision all the same', () => {
  keeps(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const form = draft('strategy:1', empty);
  form.startWith(one, 1);
  form.value = { ...form.value, title: 'Mine' };
  form.startWith(two, 2);
  expect([form.isKept, form.of, form.newer]).toEqual([false, 1, 2]);
  form.goOn();
  expect([form.value, form.of, form.newer]).toEqual([{ title: 'Mine', text: 'two' }, 2, 0]);
  expect([form.isKept, form.isLost]).toEqual([false, true]);
  form.discard();
  expect([form.value, form.of, form.newer]).toEqual([two, 2, 0]);
});
