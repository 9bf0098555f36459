// A list that stands still while it is read: what arrives meanwhile is counted, and shown when the reader asks for it.
import { untrack } from 'svelte';

import { live, type What } from '../lib/live.svelte';
import { saying } from '../lib/node';
import type { Shown } from '../lib/shown.svelte';
import { language } from '../lib/words.svelte';
import { arrivalsBetween, type Arrivals } from './arrivals';

export interface Steady<T> extends Shown<T> {
  /** What a newer answer has that is not shown yet. */
  readonly waiting: Arrivals;
  /** Shows the newer answer. */
  take(): void;
}

/**
 * To be called while a component is set up. As shown(), but when the node tells of one of `on`, a list with other
 * records waits until it is taken. What changes within the records that are shown is shown at once.
 */
export function steady<T>(ask: () => Promise<T>, idsOf: (value: T) => string[], ...on: What[]): Steady<T> {
  const none: Arrivals = { added: 0, gone: 0 };
  const state = $state<{
    value: T | undefined;
    newer: T | undefined;
    fault: string;
    loading: boolean;
    waiting: Arrivals;
  }>({
    value: undefined,
    newer: undefined,
    fault: '',
    loading: true,
    waiting: none,
  });
  let newest = 0;
  function show(value: T): void {
    state.value = value;
    state.newer = undefined;
    state.waiting = none;
  }
  async function run(mayMove: boolean): Promise<void> {
    const mine = ++newest;
    state.loading = true;
    try {
      const value = await ask();
      if (mine !== newest) return;
      state.fault = '';
      const waiting = state.value === undefined ? none : arrivalsBetween(idsOf(state.value), idsOf(value));
      if (mayMove || (waiting.added === 0 && waiting.gone === 0)) show(value);
      else {
        state.newer = value;
        state.waiting = waiting;
      }
    } catch (error) {
      if (mine !== newest) return;
      state.fault = saying(error);
    }
    state.loading = false;
  }
  $effect(() => {
    void language();
    void run(true);
  });
  let isFirst = true;
  $effect(() => {
    for (const what of on) void live[what];
    if (isFirst) isFirst = false;
    else untrack(() => void run(false));
  });
  return {
    get value() {
      return state.value;
    },
    get fault() {
      return state.fault;
    },
    get loading() {
      return state.loading;
    },
    get waiting() {
      return state.waiting;
    },
    take: () => {
      if (state.newer !== undefined) show(state.newer as T);
    },
    again: () => run(true),
  };
}
