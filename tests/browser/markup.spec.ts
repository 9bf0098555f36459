// Texts with markup in them, through every field that takes text: on no page of another city are they anything but text.
import type { Page } from '@playwright/test';

import { expect, type Network, ready, test } from './harness';
import { addressOf, examples, views } from './views';

/** What would run or show if it were taken for markup; `mark` says through which field it went. */
function hostile(mark: string): string {
  return (
    `<b data-hostile="${mark}">${mark}</b><script>hansaFault('ran: ${mark}')</script>` +
    `<img src=x onerror="hansaFault('ran: ${mark}')"> <svg onload="hansaFault('ran: ${mark}')"></svg>` +
    `"'><a href="javascript:hansaFault('ran: ${mark}')">here</a> [there](javascript:hansaFault('${mark}')) ` +
    `![x](https://elsewhere.example/${mark}.png) {{7*7}} \${7*7}`
  );
}
const short = (mark: string) => `<i data-hostile="${mark}">${mark}</i>`;

/** What of the corpus is on the page as more than text, in words. */
async function takenForMarkup(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const one of document.querySelectorAll('[data-hostile]')) {
      found.push(`an element of ${one.getAttribute('data-hostile')}`);
    }
    for (const one of document.querySelectorAll('script:not([src]), iframe, object, embed')) {
      found.push(one.outerHTML.slice(0, 100));
    }
    // Links in drawings are elements of another kind.
    for (const one of document.querySelectorAll('a[href]')) {
      const to = new URL(one.getAttribute('href') ?? '', document.baseURI);
      if (!/^(https?|mailto|blob):$/.test(to.protocol)) found.push(`a link to ${to.href.slice(0, 100)}`);
    }
    for (const one of document.querySelectorAll('img')) found.push(`a picture of ${one.src}`);
    for (const one of document.querySelectorAll('*')) {
      for (const { name } of one.attributes) if (name.startsWith('on')) found.push(`${name} on ${one.tagName}`);
    }
    return found;
  });
}

async function published(network: Network, words: string[], content: unknown): Promise<{ id: string }> {
  return network.ask({ do: 'hansa', node: 'gb-bristol', words, stdin: JSON.stringify(content) });
}

test('markup in any text stays text, on every view of another city', async ({ open, network }) => {
  const practice = await published(network, ['practices', 'add', '-'], {
    title: short('title'), language: 'en', year: 2020, year_basis: short('year_basis'), summary: hostile('summary'),
    problem: hostile('problem'), done: hostile('done'), outcome: hostile('outcome'), people: hostile('people'),
    cost: short('cost'), area: short('area'), tags: [short('tag')], source: short('source'), licence: short('licence'),
    feature_ids: ['1.1.1'],
  });
  const offer = await published(network, ['offers', 'publish', '-'], {
    title: short('offer'), language: 'en', kind: 'exchange', summary: hostile('offer summary'), aim: hostile('aim'),
    terms: hostile('terms'), feature_ids: ['1.1.1'], source: short('offer source'),
  });
  await network.hansa('gb-bristol', 'ask', practice.id, hostile('question'), '--language', 'en');
  await network.hansa('gb-bristol', 'offers', 'reply', offer.id, hostile('reply'));
  const figure = '1.1.1/adult-literacy-rate#total';
  const source = ['--source', hostile('figure source')];
  await network.hansa('gb-bristol', 'indicators', 'set', figure, '98.5', '--year', '2024', ...source);
  await network.hansa('gb-bristol', 'indicators', 'note', figure, '--year', '2024', hostile('figure note'));
  await network.hansa('gb-bristol', 'indicators', 'publish', '--year', '2024');
  await network.hansa('fi-espoo', 'follow', 'gb-bristol');
  await network.ask({ do: 'in step' });

  const cell = encodeURIComponent(figure);
  const names: Record<string, string> = {
    ...(await examples(network, 'gb-bristol')),
    '/framework/': '1.1.1', '/practices/': practice.id, '/offers/': offer.id, '/cities/': 'gb-bristol', '/years/': '2024',
    '/beside': `?cell=${cell}&members=fi-espoo,gb-bristol`,
  };
  const page = await open('fi-espoo', '/', { account: 'officer' });
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog was opened: ${dialog.message()}`);
  });
  let looked = 0;
  for (const view of views()) {
    const address = addressOf(view.at, names);
    await page.goto(network.place('fi-espoo').url + address);
    await ready(page);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
    await page.waitForLoadState('networkidle');
    expect.soft(await takenForMarkup(page), `on ${address}`).toEqual([]);
    looked += 1;
  }
  expect(looked).toBeGreaterThan(30);
  // It is there, as it was written.
  await page.goto(`${network.place('fi-espoo').url}/practices/${practice.id}`);
  await expect(page.locator('h1')).toHaveText(short('title'));
});

test('what somebody types is text in the preview too', async ({ open }) => {
  const page = await open('fi-espoo', '/practices/new', { account: 'officer' });
  for (const field of await page.locator('main input[type=text], main input:not([type]), main textarea').all()) {
    if (await field.isVisible()) await field.fill(short('typed'));
  }
  await expect.poll(() => takenForMarkup(page)).toEqual([]);
});

test('what the content rules forbid is reported to the node, which counts it', async ({ browser, network }) => {
  // Not by `open`, which takes it for a fault of the page.
  const context = await browser.newContext();
  const page = await context.newPage();
  const { url } = network.place('fi-espoo');
  await page.goto(`${url}/sign-in`);
  expect((await network.reports())['fi-espoo']).toBe(0);
  network.provoked['fi-espoo'] = 1;
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(style);
  });
  await expect.poll(async () => (await network.reports())['fi-espoo']).toBe(1);
  await context.close();
});
