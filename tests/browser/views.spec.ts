// Every view, in both languages, wide and narrow: nothing that keeps people out, nothing that moves by itself, every
// action by keyboard alone, no sentence in the other language; and a picture of each.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Language, movedOn, test } from './harness';
import { barriers, englishOn, unreached } from './looks';
import { addressOf, examples, root, views } from './views';

const pictures = process.env['HANSA_SCREENSHOTS'] ?? join(root, 'build/browser/screenshots');
mkdirSync(pictures, { recursive: true });
const node = 'gb-bristol';
// What a city does not do is looked at where it is done.
const elsewhere: Record<string, string> = { '/notices/new': 'int-uil' };
// Each looks and changes nothing, so several may look at once, each worker at a network of its own.
test.describe.configure({ mode: 'parallel' });

let names: Record<string, string> = {};
test.beforeAll(async ({ network }) => {
  names = await examples(network, node);
});

// Beside the rows of the table: an address of nothing, and what a reader without an account comes to.
for (const view of [...views(), { at: '/nothing-here' }, { at: '/?welcome' }]) {
  for (const language of ['en', 'ko'] as Language[]) {
    test(`${view.at || '/'} (${language})`, async ({ open }) => {
      const account = ['/sign-in', '/?welcome'].includes(view.at) ? undefined : 'admin';
      const page = await open(elsewhere[view.at] ?? node, addressOf(view.at, names), { language, account });
      await page.waitForLoadState('networkidle');
      const name = view.at.replace(/\W+/g, '-').replace(/^-/, '') || 'home';
      await page.screenshot({ path: join(pictures, `${name}-${language}-wide.png`), fullPage: true });
      expect.soft(await movedOn(page), 'what moved by itself').toEqual([]);
      expect.soft(await barriers(page), 'what axe-core finds').toEqual([]);
      if (language === 'ko') expect.soft(await englishOn(page), 'said in English on a page in Korean').toEqual([]);
      if (language === 'en') expect.soft(await unreached(page), 'by keyboard alone').toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.screenshot({ path: join(pictures, `${name}-${language}-narrow.png`), fullPage: true });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect.soft(wider, 'pixels to be scrolled sideways at 390').toBeLessThanOrEqual(0);
    });
  }
}
