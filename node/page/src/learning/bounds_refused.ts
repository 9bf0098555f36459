// What the node refuses because of how many people should live there, in words of this page: the node names options.
import { Code, ConnectError } from '@connectrpc/connect';

import { grouped, t } from '../lib/words.svelte';
import { isBounded, isSwapped, type Asked } from './asked';

/** What to show of `error`, which came of asking for `asked`. */
export function boundsRefused(error: unknown, asked: Asked): unknown {
  if (!(error instanceof ConnectError) || !isBounded(asked)) return error;
  if (error.code === Code.FailedPrecondition) {
    return new Error(
      t(
        'No city of this network has said how many people live there, so nothing is found by it yet. Empty the fields for people living there to see all.',
      ),
    );
  }
  if (error.code === Code.InvalidArgument && isSwapped(asked)) {
    const [from, to] = [grouped(BigInt(asked.peopleFrom)), grouped(BigInt(asked.peopleTo))];
    return new Error(
      t(
        'No number of people is both {0} at least and {1} at most. Write the smaller one first, or empty one of the two fields.',
        from,
        to,
      ),
    );
  }
  return error;
}
