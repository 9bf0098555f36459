// The framework, open to all, in both languages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, ready, test } from './harness';
import { root } from './views';

interface Catalogue {
  areas: { id: string; part: string; component_name: Record<string, string> }[];
  features: { id: string; area: string; statement: Record<string, string> }[];
  measurements: { id: string; title: Record<string, string>; definition: Record<string, string>; cells: string[] }[];
}
const all = JSON.parse(readFileSync(join(root, 'node/catalogue/key_features.json'), 'utf8')) as Catalogue;

for (const language of ['en', 'ko'] as const) {
  test(`everything is on one page, in ${language}`, async ({ open }) => {
    const page = await open('fi-espoo', '/framework/all', { language });
    const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    const flat = (words: string | undefined) => (words ?? '').replace(/\s+/g, ' ').trim();
    for (const feature of all.features) expect(text).toContain(flat(feature.statement[language]));
    for (const row of all.measurements) {
      expect(text).toContain(flat(row.title[language]));
      expect(text).toContain(flat(row.definition[language]));
      for (const cell of row.cells) expect(text).toContain(cell);
    }
  });
}

test('the building leads to every area by keyboard, and from there to a feature', async ({ open }) => {
  const page = await open('fi-espoo', '/framework');
  const building = page.getByRole('navigation', { name: 'The framework as a building' });
  await expect(building.getByRole('link')).toHaveCount(all.areas.length);
  for (const area of all.areas) {
    await expect(building.getByRole('link', { name: area.id })).toContainText(area.component_name['en'] ?? '');
  }
  await building.getByRole('link', { name: '2.4' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#area-2\.4$/);
  await expect(page.locator('#area-2\\.4')).toBeInViewport();
  await page.locator('#area-2\\.4').getByRole('link', { name: /2\.4\.2/ }).press('Enter');
  await expect(page.locator('h1')).toContainText("2.4.2 Expanding citizens' access");
});

test('a measurement has an address of its own', async ({ open }) => {
  const page = await open('fi-espoo', '/framework/2.4.2#internet-usage');
  await expect(page.locator('#internet-usage')).toBeInViewport();
  await expect(page.locator('#internet-usage')).toContainText('Internet usage');
});

test('where the languages differ both are shown, and the difference', async ({ open }) => {
  const page = await open('fi-espoo', '/framework/1.1.4', { language: 'ko' });
  const card = page.locator('#crime-level');
  await expect(card).toContainText('영어와 한국어가 여기서 다릅니다');
  await expect(card.locator('[lang=en]').first()).toBeVisible();
  await page.getByLabel('영어와 한국어 함께 보기').check();
  await expect(page).toHaveURL(/both=1/);
  await expect(page.getByText('Creating a safe, harmonious and inclusive community')).toBeVisible();
});

test('a commitment leads to its feature', async ({ open }) => {
  const page = await open('fi-espoo', '/framework/1.1.1');
  await page.getByRole('link', { name: /chance to become literate/ }).click();
  await ready(page);
  await expect(page.locator('#BD1\\.1')).toBeInViewport();
  await page.locator('#BD1\\.1').getByRole('link', { name: 'Feature 1.1.1' }).click();
  await expect(page.locator('h1')).toContainText('1.1.1');
});
