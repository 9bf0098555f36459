// A year of a city: typed, pasted, checked, published, and seen at another city without loading anything again; and a
// session that is lost in the middle of it.
import type { Page } from '@playwright/test';

import { expect, type Network, password, test } from './harness';

const city = 'fi-espoo';
const cell = (id: string) => `[id="cell-${id}"]`;
const literacy = '1.1.1/adult-literacy-rate';

async function paste(page: Page, into: string, text: string): Promise<void> {
  await page.locator(into).focus();
  await page.locator(into).evaluate((input, pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

interface Row {
  cell: string;
  value: string;
  published: boolean;
}
async function drafted(network: Network, year: string): Promise<Record<string, string>> {
  const rows = (await network.hansa(city, 'indicators', 'show', '--year', year)) as Row[];
  return Object.fromEntries(rows.filter((row) => !row.published).map((row) => [row.cell, row.value]));
}

test('a year is typed, pasted, checked, published, and seen at another city', async ({ open, network }) => {
  const page = await open(city, '/years/2024?area=1.1', { account: 'officer' });
  // Typed, as in a spreadsheet: Enter saves and goes down.
  await page.locator(cell(`${literacy}#male`)).fill('98.70');
  await page.keyboard.press('Enter');
  await expect(page.locator(cell(`${literacy}#female`))).toBeFocused();
  await page.keyboard.type('99.1');
  await page.keyboard.press('Enter');
  await expect(page.locator(cell(`${literacy}#total`))).toBeFocused();
  // A total outside its parts is asked about as one types.
  await page.keyboard.type('12');
  await page.keyboard.press('Enter');
  const row = page.locator(`tr[data-cell="${literacy}#total"]`);
  await expect(page.locator('main')).toContainText(/between/i);
  await page.locator(cell(`${literacy}#total`)).fill('98.9');
  await page.keyboard.press('Enter');
  await expect(row.getByText('saved', { exact: true })).toBeVisible();
  for (const member of ['male', 'female', 'total']) {
    await page.locator(`tr[data-cell="${literacy}#${member}"] input[data-column=source]`).fill('Statistics Finland');
    await page.keyboard.press('Enter');
  }
  await expect.poll(async () => (await drafted(network, '2024'))[`${literacy}#male`]).toBe('98.70');

  // Pasted from a spreadsheet, seen before it is taken.
  await page.goto(`${network.place(city).url}/years/2024?area=1.2`);
  const unemployment = '1.2.2/unemployment-rate';
  await expect(page.locator(cell(`${unemployment}#male`))).toBeVisible();
  const block = ['7,5', '6,80', '7,1'].map((value) => `${value}\tStatistics Finland\r\n`).join('');
  await paste(page, cell(`${unemployment}#male`), block);
  const question = page.getByRole('dialog', { name: 'Paste from a spreadsheet' });
  await question.getByRole('button', { name: 'Fill 3 cells' }).click();
  await expect(page.locator(cell(`${unemployment}#female`))).toHaveValue('6.80');
  await expect.poll(async () => (await drafted(network, '2024'))[`${unemployment}#total`]).toBe('7.1');

  // Nobody else sees a draft.
  const show = ['indicators', 'show', '--member', city, '--year', '2024'];
  const there = async () => (await network.hansa('gb-bristol', ...show)) as Row[];
  expect(await there()).toEqual([]);

  // At the other city somebody looks at Espoo's page meanwhile.
  const bristol = await open('gb-bristol', `/cities/${city}`, { account: 'guest' });
  await expect(bristol.getByText('98.70')).toHaveCount(0);

  await page.goto(`${network.place(city).url}/years/2024/publish`);
  await page.getByRole('button', { name: 'Publish 6 values' }).click();
  await expect(page.getByRole('heading', { name: 'Published: 6 values for 2024.' })).toBeVisible();
  await expect(page.getByText('Held by the hub', { exact: true })).toBeVisible();

  await expect.poll(async () => (await there()).length).toBe(6);
  await expect(bristol.getByText('98.70').first()).toBeVisible();
});

for (const language of ['en', 'ko'] as const) {
  test(`a session that is lost in the middle of an edit loses nothing (${language})`, async ({ open, network }) => {
    const year = language === 'en' ? '2021' : '2020';
    const page = await open(city, `/years/${year}?area=1.1`, { account: 'officer', language });
    await page.locator(cell(`${literacy}#male`)).fill('91.25');
    await page.context().clearCookies();
    await page.keyboard.press('Enter');
    const again = page.getByRole('dialog');
    await expect(again.locator('input[autocomplete=username]')).toHaveValue('officer');
    await again.locator('input[autocomplete=current-password]').fill(password);
    await again.locator('form button').first().click();
    await expect(again).toHaveCount(0);
    await expect(page.locator(cell(`${literacy}#male`))).toHaveValue('91.25');
    await expect.poll(async () => (await drafted(network, year))[`${literacy}#male`]).toBe('91.25');
  });
}

test('an editor prepares and cannot publish; a reader changes nothing', async ({ open }) => {
  const editor = await open(city, '/years/2019/publish', { account: 'helper' });
  await expect(editor.getByRole('button', { name: /^Publish/ })).toHaveCount(0);
  const reader = await open(city, '/years/2019?area=1.1', { account: 'guest' });
  await expect(reader.locator(cell(`${literacy}#male`))).toHaveJSProperty('readOnly', true);
});

test('what an agency and an expert signed stands at its cell, unchanged', async ({ open, network }) => {
  await network.ask({ do: 'sign', slug: 'gb-bristol', year: 2024 });
  const together = '2.5.2/learning-to-live-together';
  const advocacy = '2.6.1/advocacy-for-learning';
  const page = await open('gb-bristol', '/years/2024?area=2.5', { account: 'officer' });
  const says = (id: string) => page.locator(`tr[data-cell="${id}"] + tr`);
  await expect(says(together)).toContainText('60.9');
  await expect(says(together)).toContainText('signed by agency int-institute');
  // The city's own answer is another one, and is empty.
  await expect(page.locator(cell(together))).toHaveValue('');

  await page.goto(`${network.place('gb-bristol').url}/years/2024?area=2.6`);
  await expect(says(advocacy)).toContainText('signed by expert int-expert');
  await expect(page.locator(`tr[data-cell="${advocacy}"] input`)).toHaveCount(0);

  // It is in the past of the cell, and in that of every cell.
  await says(advocacy).getByRole('link', { name: /^History/ }).click();
  await expect(page.locator('main h1')).toContainText(/advocacy/i);
  await expect(page.getByRole('row', { name: /signed by expert int-expert/ })).toContainText('4');
  await page.getByRole('link', { name: 'Every figure' }).click();
  await expect(page.getByRole('heading', { name: 'History of every figure' })).toBeVisible();
  await page.getByLabel('Year').selectOption('2024');
  await expect(page.getByRole('row', { name: /signed by agency int-institute/ })).toContainText('60.9');
});

test('a year that was taken back still tells its versions', async ({ open, network }) => {
  const say = (...words: string[]) => network.hansa(city, 'indicators', ...words);
  await say('set', '1.1.4/crime-level', '31.5', '--year', '2011', '--source', 'Example');
  await say('publish', '--year', '2011');
  await say('withdraw', '--year', '2011', '--reason', 'figures of another city');
  const page = await open(city, '/years/2011/history', { account: 'officer' });
  const rows = page.getByRole('region', { name: 'Revisions' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.last()).toContainText('figures of another city');
});
