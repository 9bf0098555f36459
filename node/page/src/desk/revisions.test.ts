import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';

import { IndicatorRevisionSchema } from '../gen/hansa/v1/node_pb';
import { setsIn } from './revisions';

const revision = (id: string, sequence: number, cell: string, wordOf = '', incarnation = 1) =>
  create(IndicatorRevisionSchema, { id, sequence: BigInt(sequence), incarnation, row: { cell, wordOf } });

describe('the revisions of a year', () => {
  it('are each there once, whatever cells they are told of', () => {
    const past = [
      revision('a', 1, '1.1.1'),
      revision('a', 3, '1.1.1'),
      revision('a', 1, '1.1.4'),
      revision('a', 3, '1.1.4'),
    ];
    expect(setsIn(past).map((each) => Number(each.sequence))).toEqual([1, 3]);
  });
  it('are those of the set alone', () => {
    const past = [revision('survey', 1, '2.5.2', 'signed by agency int-institute'), revision('a', 2, '2.5.2')];
    expect(setsIn(past).map((each) => each.id)).toEqual(['a']);
  });
  it('stand as they were published, also over a new key', () => {
    const past = [revision('b', 1, '1.1.1', '', 2), revision('a', 9, '1.1.1'), revision('a', 10, '1.1.1')];
    expect(setsIn(past).map((each) => Number(each.sequence))).toEqual([9, 10, 1]);
  });
});
