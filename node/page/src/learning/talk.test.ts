import { expect, test } from 'vitest';

import { answersIn, countWords } from './talk';

interface Said {
  link: { id: string; kind: string };
  revision: number;
  withdrawn: boolean;
  words: Said[];
}
function word(id: string, kind: string, words: Said[] = [], withdrawn = false): Said {
  return { link: { id, kind }, revision: 1, withdrawn, words };
}

test('answers are found at any depth, in the order of the thread', () => {
  const words = [
    word('q', 'question', [word('a', 'answer', [word('c', 'comment')]), word('w', 'answer', [], true)]),
    word('b', 'answer'),
  ];
  expect(answersIn(words).map((one) => one.id)).toEqual(['a', 'b']);
  expect(countWords({ words })).toBe(5);
});
