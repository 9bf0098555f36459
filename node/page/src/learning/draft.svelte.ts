// What somebody types into a form, kept in their browser until it is published or thrown away. Where the same form is open in
// two tabs, neither loses what was typed in the other.
import { untrack } from 'svelte';

import { session } from '../lib/session.svelte';
import { against, newStamp, overNewer, readKept, writeKept, type Kept } from './kept_draft';

export interface Draft<T> {
  /** What is typed; forms bind to it. */
  value: T;
  /** Something was typed that is kept here. */
  readonly isKept: boolean;
  /** It was typed at another time, and found again. */
  readonly wasFound: boolean;
  /** The browser keeps nothing: what is typed is lost with the page. */
  readonly isLost: boolean;
  /** Revision of the record that it is written over, from 1; 0: of none, or it is not known. */
  readonly of: number;
  /** A newer revision than what was typed is written over, whether it can be kept or not; 0: none. */
  readonly newer: number;
  /** Another tab has another text of this form, or has published or discarded it. Nothing is kept before that is decided. */
  readonly elsewhere: '' | 'other' | 'gone';
  /** Shows what the other tab has; where it has none, begins anew. */
  takeOther(): void;
  /** Goes on with what stands here, and lets go of what the other tab has. */
  keepThis(): void;
  /** Goes on over the newer revision with what was typed. */
  goOn(): void;
  /** Forgets what was typed, and begins anew. */
  discard(): void;
  /** Begins with this, which is that revision, as if nothing had been typed; what was typed stays as it is. */
  startWith(value: T, revision: number): void;
}

/** To be called while a component is set up. `key` names the form and what it is about: 'practice', 'answer:8d13…'. */
export function draft<T extends object>(key: string, empty: () => T): Draft<T> {
  const place = `hansa-draft:${session.node.slug}:${session.account?.name ?? ''}:${key}`;
  function stored(): Kept<T> | null {
    try {
      return readKept<T>(localStorage.getItem(place));
    } catch {
      return null;
    }
  }
  const json = (value: unknown) => JSON.stringify(value);
  const found = stored();
  // What the form says before anything is typed, and of which revision that is.
  let untouched = json(empty());
  let base: T | null = found?.base ?? null;
  let known = found?.stamp ?? '';
  let wrote = false;
  let other: Kept<T> | null = null;
  const state = $state({
    value: found ? { ...empty(), ...found.value } : empty(),
    kept: found !== null,
    found: found !== null,
    lost: false,
    of: found?.of ?? 0,
    newest: 0,
    elsewhere: '' as Draft<T>['elsewhere'],
  });
  let inStep = json(state.value);

  function show(value: T): void {
    (state as { value: T }).value = value;
    inStep = json(state.value);
  }
  function begin(): void {
    show(JSON.parse(untouched) as T);
    state.of = state.newest;
    base = state.newest > 0 ? (JSON.parse(untouched) as T) : null;
    state.kept = false;
    state.found = false;
    wrote = false;
  }
  function take(): void {
    known = other?.stamp ?? '';
    state.elsewhere = '';
    if (!other) return begin();
    show({ ...empty(), ...other.value });
    state.of = other.of;
    base = other.base;
    state.kept = true;
    state.found = false;
    wrote = false;
  }
  /** Looks at what another tab wrote. */
  function meet(kept: Kept<T> | null): void {
    const what = against({ typed: json(state.value), inStep, wrote, stamp: known }, kept);
    if (what === 'nothing') state.elsewhere = '';
    else {
      other = kept;
      if (what === 'take') take();
      else state.elsewhere = kept ? 'other' : 'gone';
    }
  }
  function save(force = false): void {
    const typed = json(state.value);
    if (state.elsewhere || (typed === inStep && !force)) return;
    const isBare = typed === untouched && state.of === state.newest;
    const kept = { stamp: newStamp(), after: known, of: state.of, base, value: JSON.parse(typed) as T };
    try {
      if (!writeKept(localStorage, place, known, isBare ? null : kept)) return meet(stored());
      known = isBare ? '' : kept.stamp;
      inStep = typed;
      wrote = !isBare;
      state.kept = !isBare;
      state.lost = false;
    } catch {
      state.lost = true;
    }
  }
  $effect(() => {
    void json(state.value);
    untrack(save);
  });
  $effect(() => {
    const told = (event: StorageEvent) => {
      if (event.key === place || event.key === null) meet(readKept<T>(event.newValue));
    };
    // A tab that slept was not told.
    const back = () => {
      if (document.visibilityState === 'visible') meet(stored());
    };
    window.addEventListener('storage', told);
    document.addEventListener('visibilitychange', back);
    return () => {
      window.removeEventListener('storage', told);
      document.removeEventListener('visibilitychange', back);
    };
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
    get of() {
      return state.of;
    },
    get newer() {
      // A form in which nothing was typed is always over the newest.
      return state.newest > state.of ? state.newest : 0;
    },
    get elsewhere() {
      return state.elsewhere;
    },
    takeOther() {
      take();
      known = stored()?.stamp ?? '';
      save(true);
    },
    keepThis() {
      known = stored()?.stamp ?? '';
      state.elsewhere = '';
      save(true);
    },
    goOn() {
      const newest = JSON.parse(untouched) as T;
      (state as { value: T }).value = overNewer(JSON.parse(json(state.value)) as T, base, newest);
      state.of = state.newest;
      base = newest;
      save(true);
    },
    discard() {
      // What another tab has is its own.
      if (state.elsewhere === 'other') return take();
      // At once, since the form may be gone in a moment.
      try {
        writeKept(localStorage, place, known, null);
      } catch {
        // Nothing was kept.
      }
      known = '';
      state.elsewhere = '';
      begin();
    },
    startWith(value: T, revision: number) {
      const wasBare = !state.kept && json(state.value) === untouched;
      untouched = json(value);
      state.newest = revision;
      if (wasBare) begin();
    },
  };
}
