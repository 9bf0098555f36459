import { afterEach, expect, test, vi } from 'vitest';

import { askDoor } from './session.svelte';

afterEach(() => vi.unstubAllGlobals());
const answers = (body: string, status = 200) => vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status })));

test('an answer that is none of the node says so, and does not leave one waiting', async () => {
  answers('<!doctype html><title>Sign in to the guest network</title>');
  await expect(askDoor('GET', '/session')).rejects.toThrow('no answer of the node');
  answers('null');
  await expect(askDoor('GET', '/session')).rejects.toThrow('no answer of the node');
  answers('gateway', 502);
  await expect(askDoor('GET', '/session')).rejects.toThrow('HTTP 502');
  answers('{"account":null}');
  await expect(askDoor('GET', '/session')).resolves.toEqual({ account: null });
});
