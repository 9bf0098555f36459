// Promise P17: a page elsewhere, that an officer opens while signed in, can neither read from the node nor have it do
// anything; not even one at another port of the same machine, to which the browser sends the node's cookies along.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, test } from './harness';

let server: Server;
let port = 0;
test.beforeAll(async () => {
  server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<!doctype html><title>elsewhere</title><h1>Elsewhere</h1><iframe name="hidden"></iframe>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
test.afterAll(() => void server.close());

/** Everything that a page can try against the node at `url`; what it got to see. */
async function tries(url: string): Promise<string[]> {
  const seen: string[] = [];
  const account = JSON.stringify({ name: 'intruder', role: 'administrator' });
  const read = async (what: string, ask: () => Promise<Response>) => {
    try {
      const answer = await ask();
      const text = await answer.text();
      if (text) seen.push(`${what}: ${text.slice(0, 60)}`);
    } catch {
      // As it should be.
    }
  };
  const include = { credentials: 'include' } as const;
  await read('the session', () => fetch(`${url}/session`, include));
  await read('figures', () => fetch(`${url}/data/network.csv`, include));
  await read('a method', () =>
    fetch(`${url}/hansa.v1.Node/GetStatus`, {
      ...include, method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}',
    }));
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json', 'application/proto']) {
    for (const mode of ['cors', 'no-cors'] as const) {
      await read(`an account, ${type} ${mode}`, () =>
        fetch(`${url}/hansa.v1.Node/AddAccount`, {
          ...include, mode, method: 'POST', headers: { 'content-type': type }, body: account,
        }));
    }
  }
  await read('signing out', () => fetch(`${url}/session`, { ...include, method: 'DELETE' }));
  navigator.sendBeacon(`${url}/hansa.v1.Node/AddAccount`, account);
  const form = document.createElement('form');
  form.method = 'post';
  form.enctype = 'text/plain';
  form.target = 'hidden';
  form.action = `${url}/hansa.v1.Node/AddAccount`;
  const field = document.createElement('input');
  field.name = '{"name":"intruder","role":"administrator","x":"';
  field.value = '"}';
  form.append(field);
  document.body.append(form);
  const frame = document.querySelector('iframe') as HTMLIFrameElement;
  await new Promise((done) => {
    frame.onload = done;
    form.submit();
  });
  const loaded = [['script', '/openapi.json'], ['img', '/favicon.svg'], ['script', '/data/network.jsonl']] as const;
  for (const [tag, address] of loaded) {
    await new Promise<void>((done) => {
      const one = document.createElement(tag) as HTMLScriptElement | HTMLImageElement;
      one.onload = () => {
        seen.push(`${tag} of ${address}`);
        done();
      };
      one.onerror = () => done();
      one.src = url + address;
      document.body.append(one);
    });
  }
  await new Promise<void>((done) => {
    const source = new EventSource(`${url}/events`, { withCredentials: true });
    source.onopen = () => {
      seen.push('events');
      done();
    };
    source.onerror = () => done();
  });
  return seen;
}

test('P17 a page elsewhere reads nothing and does nothing', async ({ open, network }) => {
  const page = await open('gb-bristol', '/', { account: 'admin' });
  const { url } = network.place('gb-bristol');
  for (const name of ['127.0.0.1', 'localhost']) {
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(`http://${name}:${port}/`);
    expect(await elsewhere.evaluate(tries, url), name).toEqual([]);
    const accounts = (await network.hansa('gb-bristol', 'user', 'list')) as { name: string }[];
    expect(accounts.map((account) => account.name)).not.toContain('intruder');
    // Who was signed in still is.
    await page.reload();
    await expect(page.locator('header .account')).toHaveText('admin');
    await elsewhere.close();
  }
});

test('P17 the page is not shown inside another nor under another name', async ({ open, network }) => {
  const page = await open('gb-bristol', '/', { account: 'admin' });
  const { url } = network.place('gb-bristol');
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`http://127.0.0.1:${port}/`);
  await elsewhere.evaluate(async (address) => {
    const frame = document.querySelector('iframe') as HTMLIFrameElement;
    await new Promise((done) => {
      frame.onload = done;
      frame.src = address;
    });
  }, url);
  const frame = elsewhere.frames().find((one) => one !== elsewhere.mainFrame());
  expect(frame).toBeDefined();
  expect(await frame?.locator('#app').count()).toBe(0);
  // As after the name of a page elsewhere was pointed at this machine.
  const answer = await elsewhere.goto(`${url.replace('localhost', 'elsewhere.localhost')}/session`);
  expect(answer?.status()).toBe(421);
});

test('P17 the cookie is out of reach of scripts and does not suffice', async ({ open, network }) => {
  const page = await open('gb-bristol', '/', { account: 'admin' });
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const cookies = (await page.context().cookies()).filter((cookie) => cookie.httpOnly);
  expect(cookies.map((cookie) => cookie.sameSite)).toEqual(['Strict']);
  // A script of the page itself, without what belongs to the session.
  const status = await page.evaluate(async () => {
    const answer = await fetch('/hansa.v1.Node/AddAccount', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'intruder', role: 'reader' }),
    });
    return answer.status;
  });
  expect(status).toBe(403);
  const accounts = (await network.hansa('gb-bristol', 'user', 'list')) as { name: string }[];
  expect(accounts.map((account) => account.name)).not.toContain('intruder');
});
