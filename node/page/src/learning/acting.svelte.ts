// Something that a person does and the node answers: while it runs it is not done twice, and what failed is said.
import { saying } from '../lib/node';

export interface Acting {
  readonly busy: boolean;
  /** Why the last try failed; empty if it did not. */
  fault: string;
  /** Whether it was done. */
  run(act: () => Promise<unknown>): Promise<boolean>;
}

export function acting(): Acting {
  const state = $state({ busy: false, fault: '' });
  return {
    get busy() {
      return state.busy;
    },
    get fault() {
      return state.fault;
    },
    set fault(fault: string) {
      state.fault = fault;
    },
    async run(act) {
      if (state.busy) return false;
      state.busy = true;
      state.fault = '';
      try {
        await act();
        return true;
      } catch (error) {
        state.fault = saying(error);
        return false;
      } finally {
        state.busy = false;
      }
    },
  };
}
