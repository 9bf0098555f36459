import { expect, test } from 'vitest';

import { standsOf } from './holding';

const hubs = new Set(['int-uil', 'int-hub2']);
const record = (heldBy: string[], more = {}) => ({ queued: false, unchanged: false, heldBy, ...more });

test('no more is said than is known', () => {
  expect(standsOf(record([]), hubs)).toEqual({ kind: 'here' });
  expect(standsOf(record(['fi-espoo', 'kr-osan']), hubs)).toEqual({ kind: 'others', others: 2 });
});
test('the hub is told apart, and counted once', () => {
  expect(standsOf(record(['int-uil', 'int-hub2', 'fi-espoo']), hubs)).toEqual({ kind: 'hub', others: 1 });
  expect(standsOf(record(['int-uil', 'int-uil']), hubs)).toEqual({ kind: 'hub', others: 0 });
});
test('what is not signed is held by nobody, whoever is named', () => {
  expect(standsOf(record(['int-uil'], { queued: true }), hubs)).toEqual({ kind: 'queued' });
  expect(standsOf(record(['int-uil'], { unchanged: true }), hubs)).toEqual({ kind: 'unchanged' });
});
test('without knowing who is a hub, nobody is', () => {
  expect(standsOf(record(['int-uil']), new Set())).toEqual({ kind: 'others', others: 1 });
});
