// Everything the page says, in the reader's language. The English sentence is the key: what it is in Korean stands in
// node/words/page.json, and for words that come from the node (states, kinds) in node/words/names.json.

export type Language = 'en' | 'ko';

interface Row {
  en: string;
  ko: string;
}

const chosen = 'hansa-language';
const state = $state<{ language: Language; sentences: ReadonlyMap<string, string> }>({
  language: 'en',
  sentences: new Map(),
});

/** The language that was chosen here, else the browser's. */
export function preferredLanguage(): Language {
  const asked = localStorage.getItem(chosen) ?? navigator.language;
  return asked.startsWith('ko') ? 'ko' : 'en';
}

/** Shows everything in that language from now on, and remembers it. */
export async function useLanguage(language: Language, remember = false): Promise<void> {
  let sentences = new Map<string, string>();
  if (language === 'ko') {
    const [page, names] = await Promise.all([
      import('../../../words/page.json'),
      import('../../../words/names.json'),
    ]);
    const rows = [...(names.default as Row[]), ...(page.default as Row[])];
    sentences = new Map(rows.map((row) => [row.en, row.ko]));
  }
  state.sentences = sentences;
  state.language = language;
  document.documentElement.lang = language;
  if (remember) localStorage.setItem(chosen, language);
}

export function language(): Language {
  return state.language;
}

/**
 * A sentence, with {0}, {1}, … filled in: t('published {0} values for {1}', 31, 2025). The sentence is written out where
 * it is said, so that it can be found.
 */
export function t(english: string, ...filled: (string | number | bigint)[]): string {
  const sentence = state.sentences.get(english) ?? english;
  return sentence.replace(/\{(\d)\}/g, (place, index: string) => String(filled[Number(index)] ?? place));
}

/** One of two sentences by a count, which is {0} in both: counted(n, '{0} value', '{0} values'). */
export function counted(count: number | bigint, one: string, many: string, ...filled: (string | number)[]): string {
  return t(BigInt(count) === 1n ? one : many, count, ...filled);
}

/** A word that came from the node, such as a state or a kind. */
export function named(word: string): string {
  return state.sentences.get(word) ?? word;
}

/** What the framework says in several languages, in the reader's. */
export function inLanguage(texts: Readonly<Record<string, string>> | null | undefined): string {
  return texts?.[state.language] ?? texts?.['en'] ?? '';
}

/** The language with the customs of the reader's browser, where it has that language: 28 Nov or Nov 28. */
function customs(): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === state.language) ?? state.language;
}

/** A day and time of the reader's clock; milliseconds since 1970. */
export function when(milliseconds: number | bigint): string {
  return new Intl.DateTimeFormat(customs(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    Number(milliseconds),
  );
}

export function day(milliseconds: number | bigint): string {
  return new Intl.DateTimeFormat(customs(), { dateStyle: 'medium' }).format(Number(milliseconds));
}

export function timeOfDay(milliseconds: number | bigint): string {
  return new Intl.DateTimeFormat(customs(), { timeStyle: 'short' }).format(Number(milliseconds));
}

/** How many, with the separators of the language. Never for published values: they stay as they were written. */
export function grouped(count: number | bigint): string {
  return new Intl.NumberFormat(state.language).format(count);
}
