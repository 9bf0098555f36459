import { create } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';

import { OrganizationKind } from '../gen/hansa/v1/reference_pb';
import { StrategyKind, StrategySchema, StrategyState } from '../gen/hansa/v1/strategies_pb';
import { emptyStrategy, strategyDraftOf, strategyFile, strategyLacks } from './strategy_file';

describe('a strategy as a file', () => {
  it('leaves out what is empty', () => {
    expect(strategyFile({ ...emptyStrategy('ko'), title: ' 읽는 도시 ' })).toEqual({
      title: '읽는 도시',
      kind: 'action',
      language: 'ko',
    });
  });
  it('keeps in a revision what the form does not show', () => {
    const content = create(StrategySchema, {
      title: 'Reading city',
      language: 'en',
      kind: StrategyKind.STRATEGY,
      state: StrategyState.UNDER_WAY,
      subjects: { features: ['2.1.3'], actionPoints: ['BD1.2'], tags: ['reading'] },
      cells: ['1.1.1/adult-literacy-rate#total'],
      partOf: { member: 1, collection: 9, recordId: new Uint8Array([0xab, 0x01]) },
      participants: [{ name: 'Library', kind: OrganizationKind.PLACE_OF_LEARNING, country: 'GBR' }],
    });
    const draft = strategyDraftOf(content);
    draft.participants += '\nUnion of readers';
    expect(strategyFile(draft)).toEqual({
      title: 'Reading city',
      language: 'en',
      kind: 'strategy',
      state: 'under way',
      features: ['2.1.3'],
      action_points: ['BD1.2'],
      tags: ['reading'],
      cells: ['1.1.1/adult-literacy-rate#total'],
      part_of: 'ab01',
      participants: [{ name: 'Library', kind: 'place of learning', country: 'GBR' }, { name: 'Union of readers' }],
    });
  });
  it('lacks a title, or ends before it begins', () => {
    expect(strategyLacks(emptyStrategy('en'))).toEqual(['title']);
    const typed = { ...emptyStrategy('en'), title: 'A', startsOn: '2026-01-01', endsOn: '2025-01-01' };
    expect(strategyLacks(typed)).toEqual(['days']);
  });
});
