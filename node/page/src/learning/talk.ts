// What can be said to what.

/** What somebody is about to say. */
export type Saying = 'question' | 'answer' | 'comment';

/** Marks that a member may put at a record of another; 'answered' is for who asked. */
export const marks = ['outdated', 'disputed', 'off-topic', 'duplicate', 'against-rules'] as const;

interface Tree {
  words: readonly Tree[];
}
/** All words below one, itself not among them. */
export function countWords(word: Tree): number {
  return word.words.reduce((sum, each) => sum + 1 + countWords(each), 0);
}

interface Spoken {
  readonly link?: { readonly id: string; readonly kind: string } | undefined;
  readonly revision: number;
  readonly files: number;
  readonly words: readonly Spoken[];
}
/** Answers that name files, among what was said and below it, in order. */
export function answersIn(words: readonly Spoken[]): { id: string; revision: number }[] {
  return words.flatMap((word) => {
    const is = word.link?.kind === 'answer' && word.files > 0;
    return [...(is && word.link ? [{ id: word.link.id, revision: word.revision }] : []), ...answersIn(word.words)];
  });
}
