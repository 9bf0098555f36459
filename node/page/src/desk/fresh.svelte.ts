// As lib/shown.svelte.ts, for a question that stays the same: once `again()` has returned, what is shown is at least as
// new as its answer, even where a later question is still on its way.
import { live, type What } from '../lib/live.svelte';
import { saying } from '../lib/node';
import type { Shown } from '../lib/shown.svelte';
import { language } from '../lib/words.svelte';

/** To be called while a component is set up. */
export function fresh<T>(ask: () => Promise<T>, ...on: What[]): Shown<T> {
  const state = $state<{ fault: string; loading: boolean }>({ fault: '', loading: true });
  let value = $state.raw<T | undefined>(undefined);
  let asked = 0;
  let answered = 0;
  async function again(): Promise<void> {
    const mine = ++asked;
    state.loading = true;
    try {
      const answer = await ask();
      if (mine > answered) {
        answered = mine;
        value = answer;
        state.fault = '';
      }
    } catch (error) {
      if (mine > answered) state.fault = saying(error);
    }
    if (mine === asked) state.loading = false;
  }
  $effect(() => {
    for (const what of on) void live[what];
    void language();
    void again();
  });
  return {
    get value() {
      return value;
    },
    get fault() {
      return state.fault;
    },
    get loading() {
      return state.loading;
    },
    again,
  };
}
