import { expect, test } from 'vitest';

import { against, newStamp, overNewer, readKept, writeKept, type Kept, type Shelf } from './kept_draft';

interface Text {
  text: string;
}
function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (place) => kept.get(place) ?? null,
    setItem: (place, text) => void kept.set(place, text),
    removeItem: (place) => void kept.delete(place),
  };
}
const over = (of: number, base: Text | null) => ({ stamp: '1', after: '', of, base, value: { text: 'mine' } });
const kept = (text: string, stamp: string, after = ''): Kept<Text> => ({ stamp, after, of: 0, base: null, value: { text } });
const typed = (text: string) => JSON.stringify({ text });

test('a tab writes over what it knows, and over nothing else', () => {
  const there = shelf();
  expect(writeKept(there, 'form', '', kept('a', '1'))).toBe(true);
  // Another tab, which has not heard of it.
  expect(writeKept(there, 'form', '', kept('b', '2'))).toBe(false);
  expect(writeKept(there, 'form', '', null)).toBe(false);
  expect(readKept<Text>(there.getItem('form'))).toEqual(kept('a', '1'));
  expect(writeKept(there, 'form', '1', kept('ab', '3', '1'))).toBe(true);
  expect(writeKept(there, 'form', '3', null)).toBe(true);
  expect(there.getItem('form')).toBeNull();
});

test('who typed nothing takes over what another tab has', () => {
  const fresh = { typed: typed(''), inStep: typed(''), wrote: false, stamp: '' };
  expect(against(fresh, kept('a', '1'))).toBe('take');
  expect(against({ ...fresh, stamp: '1' }, null)).toBe('take');
  expect(against({ ...fresh, stamp: '1' }, kept('a', '1'))).toBe('nothing');
});

test('who typed is asked, unless the other goes on from that, or says the same', () => {
  const wrote = { typed: typed('a'), inStep: typed('a'), wrote: true, stamp: '1' };
  expect(against(wrote, kept('b', '2'))).toBe('ask');
  expect(against(wrote, kept('ab', '2', '1'))).toBe('take');
  expect(against(wrote, kept('a', '2'))).toBe('take');
  expect(against(wrote, null)).toBe('ask');
  // Not written yet: the other cannot know it.
  expect(against({ ...wrote, typed: typed('ac') }, kept('ab', '2', '1'))).toBe('ask');
});

test('what was kept before drafts had stamps is a draft', () => {
  expect(readKept<Text>(typed('old'))?.value).toEqual({ text: 'old' });
  expect(readKept('not json')).toBeNull();
  expect(readKept(null)).toBeNull();
  expect(newStamp()).not.toBe(newStamp());
});

test('which revision a draft was begun over is not guessed', () => {
  const read = (what: object) => readKept<Text>(JSON.stringify(what));
  expect(read(over(2, { text: 'two' }))).toEqual(over(2, { text: 'two' }));
  expect(read(over(2, null))).toEqual(over(0, null));
  expect(read({ stamp: '1', after: '', value: { text: 'mine' } })).toEqual(over(0, null));
});

test('over a newer revision what was typed stays, and what was not is as the newer one has it', () => {
  const base = { title: 'Boats', text: 'old', tags: ['a'] };
  const newer = { title: 'Boats and books', text: 'newer', tags: ['a', 'b'] };
  expect(overNewer({ title: 'Boats', text: 'mine', tags: ['a'] }, base, newer)).toEqual({
    title: 'Boats and books',
    text: 'mine',
    tags: ['a', 'b'],
  });
  expect(overNewer({ ...base, text: 'mine' }, null, newer)).toEqual({ ...base, text: 'mine' });
});
