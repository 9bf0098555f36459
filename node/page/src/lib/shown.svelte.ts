// What a view shows of the node: asked for at once, again whenever what it depends on changes, and kept on the page while
// the new answer is on its way, so that nothing jumps.
import { live, type What } from './live.svelte';
import { isNothing, saying } from './node';
import { language } from './words.svelte';

export interface Shown<T> {
  readonly value: T | undefined;
  /** Why there is none, or why what is shown may be old; a sentence. */
  readonly fault: string;
  /** The node says that there is no such thing. */
  readonly isNothing?: boolean;
  readonly loading: boolean;
  /** Asks again; returns when the answer is here. */
  again(): Promise<void>;
}

/**
 * To be called while a component is set up. `ask` is run again when state that it reads changes, when the node tells of
 * one of `on`, and when the language changes.
 */
export function shown<T>(ask: () => Promise<T>, ...on: What[]): Shown<T> {
  const state = $state<{ value: T | undefined; fault: string; isNothing: boolean; loading: boolean }>({
    value: undefined,
    fault: '',
    isNothing: false,
    loading: true,
  });
  let newest = 0;
  async function run(): Promise<void> {
    const mine = ++newest;
    state.loading = true;
    try {
      const value = await ask();
      if (mine !== newest) return;
      state.value = value;
      state.fault = '';
    } catch (error) {
      if (mine !== newest) return;
      state.fault = saying(error);
      state.isNothing = isNothing(error);
    }
    state.loading = false;
  }
  $effect(() => {
    for (const what of on) void live[what];
    void language();
    void run();
  });
  return {
    get value() {
      return state.value;
    },
    get fault() {
      return state.fault;
    },
    get isNothing() {
      return state.fault !== '' && state.isNothing;
    },
    get loading() {
      return state.loading;
    },
    again: run,
  };
}
