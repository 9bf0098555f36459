// What somebody types into a form, kept in their browser until it is published or thrown away.
import { session } from '../lib/session.svelte';

export interface Draft<T> {
  /** What is typed; forms bind to it. */
  value: T;
  /** Something was typed that is kept here. */
  readonly isKept: boolean;
  /** It was typed at another time, and found again. */
  readonly wasFound: boolean;
  /** The browser keeps nothing: what is typed is lost with the page. */
  readonly isLost: boolean;
  /** Forgets what was typed, and begins anew. */
  discard(): void;
  /** Begins with this, as if nothing had been typed; unless something was. */
  startWith(value: T): void;
}

/** To be called while a component is set up. `key` names the form and what it is about: 'practice', 'answer:8d13…'. */
export function draft<T extends object>(key: string, empty: () => T): Draft<T> {
  const place = `hansa-draft:${session.node.slug}:${session.account?.name ?? ''}:${key}`;
  let untouched = JSON.stringify(empty());
  let found: T | null = null;
  try {
    const kept = localStorage.getItem(place);
    if (kept) found = { ...empty(), ...(JSON.parse(kept) as T) };
  } catch {
    // What cannot be read is no draft.
  }
  const state = $state({ value: found ?? empty(), kept: found !== null, found: found !== null, lost: false });
  $effect(() => {
    const typed = JSON.stringify(state.value);
    try {
      if (typed === untouched) localStorage.removeItem(place);
      else localStorage.setItem(place, typed);
      state.kept = typed !== untouched;
      state.lost = false;
    } catch {
      state.lost = true;
    }
  });
  return {
    get value() {
      return state.value as T;
    },
    set value(value: T) {
      (state as { value: T }).value = value;
    },
    get isKept() {
      return state.kept;
    },
    get wasFound() {
      return state.found;
    },
    get isLost() {
      return state.lost;
    },
    discard() {
      state.found = false;
      // At once, since the form may be gone in a moment.
      try {
        localStorage.removeItem(place);
      } catch {
        // Nothing was kept.
      }
      (state as { value: T }).value = JSON.parse(untouched) as T;
    },
    startWith(value: T) {
      untouched = JSON.stringify(value);
      if (!state.found) (state as { value: T }).value = JSON.parse(untouched) as T;
    },
  };
}
