import { expect, test } from 'vitest';

import { answersIn, countWords } from './talk';

interface Said {
  link: { id: string; kind: string };
  revision: number;
  files: number;
  words: Said[];
}
function word(id: string, kind: string, words: Said[] = [], files = 1): Said {
  return { link: { id, kind }, revision: 1, files, words };
}

test('answers with files are found at any depth, in the order of the thread', () => {
  const words = [
    word('q', 'question', [word('a', 'answer', [word('c', 'comment')]), word('w', 'answer', [], 0)]),
    word('b', 'answer'),
  ];
  expect(answersIn(words).map((one) => one.id)).toEqual(['a', 'b']);
  expect(countWords({ words })).toBe(5);
});
