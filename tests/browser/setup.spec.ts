// A new city: from an empty folder to a member, in the browser, one decision a screen.
import { join } from 'node:path';

import { expect, signInOn, test } from './harness';
import { barriers, englishOn } from './looks';

test.use({ networkOptions: ['--empty'] });
test.setTimeout(300_000);

for (const [language, slug, name] of [['en', 'fi-tampere', 'Tampere'], ['ko', 'gb-exeter', 'Exeter']] as const) {
  test(`a new city sets its node up, applies, and is admitted (${language})`, async ({ browser, network }) => {
    const made = (await network.ask({ do: 'new', slug })) as { url: string; folder: string; charter: string };
    const context = await browser.newContext({ locale: language === 'ko' ? 'ko-KR' : 'en-GB', acceptDownloads: true });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(made.url);
    await signInOn(page, 'admin');
    const step = page.locator('form.step');
    const last = step.locator('button').last();
    const on = {
      click: async () => {
        expect.soft(await barriers(page)).toEqual([]);
        if (language === 'ko') expect.soft(await englishOn(page)).toEqual([]);
        await last.click();
      },
    };

    const other = { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{}') };
    await step.locator('input[type=file]').setInputFiles(other);
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(last).toBeDisabled();
    await step.locator('input[type=file]').setInputFiles(made.charter);
    await expect(page.getByText('Network of learning cities (test)')).toBeVisible();
    await on.click();
    await step.locator('input[value=city]').check();
    await on.click();
    await step.locator('input').fill(name);
    await step.locator('select').selectOption(slug.startsWith('fi') ? 'FIN' : 'GBR');
    await on.click();
    await expect(step.locator('input')).toHaveValue(slug);
    // Loaded again in the middle: what was typed is there.
    await page.reload();
    for (let at = 0; at < 3; at += 1) await on.click();
    await expect(step.locator('input')).toHaveValue(slug);
    await on.click();
    await on.click();
    await expect(step).toContainText(name);
    await on.click();

    // The node runs, in the same session.
    await expect(page).toHaveURL(`${made.url}/apply`);
    await page.locator('textarea').fill('Our city wants to learn with yours.');
    const download = page.waitForEvent('download');
    await page.locator('main form button').click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`${slug}.application.json`);
    const application = join(made.folder, '..', 'files', file.suggestedFilename());
    await file.saveAs(application);
    await expect(page.locator('main ol li')).toHaveCount(3);

    await network.ask({ do: 'admit', slug, application });
    await expect.poll(async () => (await network.hansa(slug, 'status')).state, { timeout: 120_000 }).toBe('member');
    await expect(page.locator('main').getByRole('status')).toContainText(name);
    await expect(page.locator('main').getByRole('status')).toContainText('Network of learning cities (test)');
    await network.ask({ do: 'in step' });
    const members = (await network.hansa('gb-bristol', 'members')) as { slug: string; name: string; state: string }[];
    expect(members.find((member) => member.slug === slug)).toMatchObject({ name, state: 'member' });
    expect(faults).toEqual([]);
    await context.close();
  });
}
