import { expect, test } from 'vitest';

import { fieldsOf, readRequest } from './request_fields';

const asContent = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

test('a record in a file is read field by field, with what is empty in it', () => {
  const content = asContent(
    JSON.stringify({
      title: '강변 도서관',
      tags: ['books', 'river'],
      contact: { role: 'clerk', web: '' },
      links: [{ url: 'https://a.example' }, 'https://b.example'],
      terms: [],
    }),
  );
  expect(readRequest({ id: '0123ab', file: 'practice.json', content, reason: '' }, 120)).toEqual({
    fields: [
      { name: 'file', text: 'practice.json' },
      { name: 'id', text: '0123ab' },
      { name: 'title', text: '강변 도서관' },
      { name: 'tags', text: 'books, river' },
      { name: 'contact · role', text: 'clerk' },
      { name: 'contact · web', text: '' },
      { name: 'links 1 · url', text: 'https://a.example' },
      { name: 'links 2', text: 'https://b.example' },
      { name: 'terms', text: '' },
    ],
    hasFile: true,
    isHidden: false,
  });
});

test('a text that is no record is a text', () => {
  expect(readRequest({ content: asContent('# Plan') }, 6).fields).toEqual([{ name: 'text', text: '# Plan' }]);
});

test('of whatever request, what is no text and what is too large says that it is not shown', () => {
  const fields = [
    { name: 'file', text: 'plan.pdf' },
    { name: 'id', text: '0123ab' },
  ];
  const asked = { id: '0123ab', file: 'plan.pdf' };
  expect(readRequest({ ...asked, content: btoa('\xff\xfe') }, 2)).toEqual({ fields, hasFile: true, isHidden: true });
  expect(readRequest(asked, 100_000)).toEqual({ fields, hasFile: true, isHidden: true });
});

test('what carries no file hides none', () => {
  expect(readRequest({ title: 'x' })).toEqual({ fields: [{ name: 'title', text: 'x' }], hasFile: false, isHidden: false });
});

test('names are plain words', () => {
  expect(fieldsOf({ actionPoints: ['1.1'], until_year: 2030, note: '', none: [], deep: { a: false } })).toEqual([
    { name: 'action points', text: '1.1' },
    { name: 'until year', text: '2030' },
    { name: 'note', text: '' },
    { name: 'none', text: '' },
    { name: 'deep · a', text: 'false' },
  ]);
});
