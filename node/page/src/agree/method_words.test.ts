import { getOption } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';

import { publishes } from '../gen/hansa/v1/access_pb';
import { Node } from '../gen/hansa/v1/node_pb';
import { deedOf } from './method_words';

test('everything that may be put forward has words of its own', () => {
  const names = Node.methods.filter((method) => getOption(method, publishes)).map((method) => method.name);
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => deedOf(name) === name)).toEqual([]);
  const words = names.map((name) => deedOf(name));
  expect(new Set(words).size).toBe(words.length);
});
