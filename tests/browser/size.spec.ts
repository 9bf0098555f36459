// What the browser has to fetch before the first view: at most 250 KiB as it goes over the line, and from nowhere else.
import { gzipSync } from 'node:zlib';

import { expect, test } from './harness';

for (const language of ['en', 'ko'] as const) {
  test(`the first view is small, and comes from the node alone (${language})`, async ({ browser, network }) => {
    const { url } = network.place('fi-espoo');
    const context = await browser.newContext({ locale: language === 'ko' ? 'ko-KR' : 'en-GB' });
    const page = await context.newPage();
    // When the view stands there and can be used, counted from asking for it; told, and held to nothing: machines differ.
    await page.addInitScript(() => {
      const stands = () => {
        if (!document.querySelector('main h1')) return;
        (window as unknown as { stoodAt: number }).stoodAt = performance.now();
        observer.disconnect();
      };
      const observer = new MutationObserver(stands);
      observer.observe(document, { childList: true, subtree: true });
    });
    const bodies = new Map<string, Buffer>();
    const answers: Promise<void>[] = [];
    page.on('response', (response) => {
      answers.push(response.body().then((body) => void bodies.set(response.url(), body), () => undefined));
    });
    await page.goto(url);
    await expect(page.locator('main h1')).toBeVisible();
    await page.waitForLoadState('networkidle');
    await Promise.all(answers);
    expect([...bodies.keys()].filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
    const bytes = [...bodies.values()].reduce((sum, body) => sum + gzipSync(body).length, 0);
    console.log(`${[...bodies.values()].length} files, ${(bytes / 1024).toFixed(1)} KiB with gzip (${language})`);
    const stoodAt = await page.evaluate(() => (window as unknown as { stoodAt: number }).stoodAt);
    console.log(`can be used ${Math.round(stoodAt)} ms after it was asked for (${language})`);
    expect(bodies.size).toBeGreaterThan(2);
    // The drawing of the world comes with the view that shows it.
    expect([...bodies.keys()].filter((address) => /CityMap|countries-/.test(address))).toEqual([]);
    expect(bytes).toBeLessThanOrEqual(250 * 1024);
    await context.close();
  });
}
