import { describe, expect, it } from 'vitest';

import { holdersOf } from './holders';

const peer = (member: string, age: number | undefined, equal = true) => ({
  member,
  lastComparisonEqual: equal,
  ...(age === undefined ? {} : { lastEqualRootS: age }),
});
const status = (...peers: ReturnType<typeof peer>[]) => ({ nowMs: 100_000n, peers });

describe('who holds a publication', () => {
  it('is who confirmed it', () => {
    expect(holdersOf(['fi-espoo'], ['int-uil'], status(), 90_000)).toEqual({ hub: false, others: ['fi-espoo'] });
  });
  it('is a hub that was found equal since', () => {
    expect(holdersOf([], ['int-uil'], status(peer('int-uil', 5)), 90_000)).toEqual({ hub: true, others: [] });
  });
  it('is nobody who was equal before, differs, or may keep less', () => {
    const peers = status(
      peer('int-uil', 20),
      peer('int-two', 1, false),
      peer('int-three', undefined),
      peer('fi-espoo', 1),
    );
    expect(holdersOf([], ['int-uil', 'int-two', 'int-three'], peers, 90_000)).toEqual({ hub: false, others: [] });
  });
});
