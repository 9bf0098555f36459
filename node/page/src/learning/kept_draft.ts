// A draft as the browser keeps it. Several tabs may have the same form open: each writes only over what it knows, and learns
// what the others wrote. Pure but for the storage that it is given.

export interface Kept<T> {
  /** Names this writing. */
  stamp: string;
  /** The writing that it goes on from; empty: none. */
  after: string;
  /** Revision of the record that it was begun over, from 1; 0: of none, or it is not known. */
  of: number;
  /** What the form said of that revision before anything was typed; null where `of` is 0. */
  base: T | null;
  value: T;
}

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What a tab has, seen against what another one wrote. */
export interface Mine {
  /** What stands in the form, as JSON. */
  typed: string;
  /** What this tab last read or wrote, as JSON. */
  inStep: string;
  /** It has written something since it last took over what another wrote. */
  wrote: boolean;
  /** Stamp of what it last read or wrote; empty: nothing. */
  stamp: string;
}

function isKept(json: unknown): json is Kept<object> {
  return typeof json === 'object' && json !== null && 'stamp' in json && 'value' in json;
}

/**
 * What was kept; null: nothing, or nothing that can be read. Takes what was kept before drafts had stamps, or knew what they
 * were begun over: which revision that was is never guessed.
 */
export function readKept<T extends object>(text: string | null): Kept<T> | null {
  if (!text) return null;
  try {
    const json: unknown = JSON.parse(text);
    if (isKept(json)) {
      const kept = json as Kept<T>;
      return kept.base && kept.of > 0 ? kept : { ...kept, of: 0, base: null };
    }
    if (typeof json !== 'object' || json === null) return null;
    return { stamp: 'before', after: '', of: 0, base: null, value: json as T };
  } catch {
    return null;
  }
}

/** What to do about what another tab wrote; `other` is null where it published or discarded it. */
export function against<T>(mine: Mine, other: Kept<T> | null): 'nothing' | 'take' | 'ask' {
  if ((other?.stamp ?? '') === mine.stamp) return 'nothing';
  // What was typed here is not in it, unless it goes on from that.
  const typedHere = mine.typed !== mine.inStep || (mine.wrote && other?.after !== mine.stamp);
  if (!typedHere) return 'take';
  return other && JSON.stringify(other.value) === mine.typed ? 'take' : 'ask';
}

/** Writes, unless another tab has written since `known`; says whether it did. `value` null: keeps nothing any more. */
export function writeKept<T>(shelf: Shelf, place: string, known: string, kept: Kept<T> | null): boolean {
  const there = readKept(shelf.getItem(place))?.stamp ?? '';
  if (there !== known) return false;
  if (kept) shelf.setItem(place, JSON.stringify(kept));
  else if (there) shelf.removeItem(place);
  return true;
}

/**
 * What was typed over `base`, over a newer revision instead: fields that were not changed say what the newer one says. What
 * was typed stays, even where the newer one changed it as well.
 */
export function overNewer<T extends object>(typed: T, base: T | null, newer: T): T {
  if (!base) return { ...newer, ...typed };
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  const untouched = (Object.keys(newer) as (keyof T)[]).filter((field) => same(typed[field], base[field]));
  return { ...typed, ...Object.fromEntries(untouched.map((field) => [field, newer[field]])) };
}

let written = 0;
/** No other writing has it. */
export function newStamp(): string {
  written += 1;
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}-${written}`;
}
