// What editors noted on the framework, in the reader's language, and words for its codes (those of attributes are in
// desk/words.ts).
import { language, named, t } from '../lib/words.svelte';

interface Row {
  en: string;
  ko: string;
}

let korean = $state<ReadonlyMap<string, string>>(new Map());

/** To be awaited before `noted` is called on a page in Korean; without it notes stay in English. */
export async function loadNotes(): Promise<void> {
  if (language() !== 'ko' || korean.size > 0) return;
  const rows = (await import('../../../catalogue/notes.ko.json')).default as Row[];
  korean = new Map(rows.map((row) => [row.en, row.ko]));
}

/** A note, a check or another sentence of the editors of the data. */
export function noted(english: string): string {
  return (language() === 'ko' ? korean.get(english) : undefined) ?? english;
}

/** What kind of number a measurement is: 'percentage' → 'a percentage'. */
export function valueName(type: string): string {
  switch (type) {
    case 'percentage':
      return t('percentage');
    case 'number':
      return t('number');
    case 'integer':
      return t('whole number');
    case 'rating':
      return t('rating');
    default:
      return named(type);
  }
}
