import { Code, ConnectError } from '@connectrpc/connect';
import { expect, test } from 'vitest';

import { askedOf } from './asked';
import { boundsRefused } from './bounds_refused';

const of = (query: string) => askedOf(new URLSearchParams(query));

test('what the node refuses because of bounds is said without options of the command line', () => {
  const unknown = new ConnectError('search without --population-min', Code.FailedPrecondition);
  expect(String(boundsRefused(unknown, of('people-from=5000')))).toContain('No city of this network has said');
  const swapped = new ConnectError('give the smaller number as --population-min', Code.InvalidArgument);
  const said = String(boundsRefused(swapped, of('people-from=5000&people-to=10')));
  expect(said).toContain('both 5,000 at least and 10 at most');
});

test('what it refuses for other reasons stays as it is', () => {
  const error = new ConnectError('searching: at most 500 characters', Code.InvalidArgument);
  expect(boundsRefused(error, of('text=a&people-from=5'))).toBe(error);
  expect(boundsRefused(error, of('text=a'))).toBe(error);
  const away = new ConnectError('away', Code.Unavailable);
  expect(boundsRefused(away, of('people-from=5'))).toBe(away);
});
