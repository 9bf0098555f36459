// What the browser has to fetch before the first view: at most 250 KiB as it goes over the line, and from nowhere else.
import { gzipSync } from 'node:zlib';

import { expect, test } from './harness';

for (const language of ['en', 'ko'] as const) {
  test(`the first view is small, and comes from the node alone (${language})`, async ({ browser, network }) => {
    const { url } = network.place('fi-espoo');
    const context = await browser.newContext({ locale: language === 'ko' ? 'ko-KR' : 'en-GB' });
    const page = await context.newPage();
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
    expect(bodies.size).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(250 * 1024);
    await context.close();
  });
}
