// A piece of text around the words that were searched for: the node puts each found word between two marks.

export interface Piece {
  text: string;
  /** It is one of the words. */
  found: boolean;
}

const begin = '\u0002';
const end = '\u0003';

export function piecesOf(excerpt: string): Piece[] {
  const pieces: Piece[] = [];
  let found = false;
  let text = '';
  const close = () => {
    if (text) pieces.push({ text, found });
    text = '';
  };
  for (const letter of excerpt) {
    if (letter !== begin && letter !== end) {
      text += letter;
      continue;
    }
    close();
    found = letter === begin;
  }
  close();
  return pieces;
}

/** The beginning of a text without the marks of Markdown, at most about so many characters, cut between words. */
export function firstLines(markdown: string, characters = 220): string {
  const plain = markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/[*_`~|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = [...plain];
  if (letters.length <= characters) return plain;
  const cut = letters.slice(0, characters).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > characters / 2 ? cut.slice(0, space) : cut} …`;
}
