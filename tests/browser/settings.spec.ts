// How the node stands, in plain words, and what its administrator can change.
import { expect, test } from './harness';

test('the node says with whom it is up to date', async ({ open }) => {
  const page = await open('fi-espoo', '/settings', { account: 'guest' });
  await expect(page.getByText(/up to date as of .* with .*Lifelong Learning/)).toBeVisible();
  await expect(page.getByText('may publish', { exact: true })).toBeVisible();
});

test('the hub goes and comes back; the page says so without being loaded again', async ({ open, network }) => {
  const page = await open('fi-espoo', '/settings/neighbours', { account: 'admin' });
  const hub = page.getByRole('row', { name: /int-uil/ }).first();
  await expect(hub.getByText('live', { exact: true })).toBeVisible();
  await network.ask({ do: 'stop', node: 'int-uil' });
  await expect(hub.getByText('live', { exact: true })).toHaveCount(0);
  await network.ask({ do: 'start', node: 'int-uil' });
  await network.ask({ do: 'in step' });
  await expect(hub.getByText('live', { exact: true })).toBeVisible();
});

test('an address is added, and what it says when nobody answers is shown', async ({ open }) => {
  const page = await open('fi-espoo', '/settings/neighbours', { account: 'admin' });
  await page.getByLabel('Try another address').fill('127.0.0.1:1');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const row = page.getByRole('row', { name: /127\.0\.0\.1:1\b/ });
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Forget' }).click();
  await expect(row).toHaveCount(0);
});

test('only what is followed is kept, after a question; and everything again', async ({ open, network }) => {
  const page = await open('fi-espoo', '/settings/keep', { account: 'admin' });
  await page.getByRole('radio', { name: /Only what we follow/ }).check();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it' }).click();
  expect((await network.hansa('fi-espoo', 'status')).feeds).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep only what is followed' }).click();
  await expect(page.getByText(/feeds? of others w.* removed from this disk/)).toBeVisible();
  await page.getByRole('radio', { name: /Everything/ }).check();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(page.getByText('Everything is kept from now on')).toBeVisible();
});

test('the node looks itself over', async ({ open }) => {
  const page = await open('fi-espoo', '/settings/health', { account: 'guest' });
  await expect(page.getByRole('heading', { name: 'Looked at' })).toBeVisible();
});

test('a program is told of news: added, tested in vain, removed', async ({ open }) => {
  const page = await open('fi-espoo', '/settings/hooks', { account: 'admin' });
  await page.getByLabel('Its address').fill('http://127.0.0.1:9/hook');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const secret = page.getByRole('dialog').getByLabel('Secret');
  await expect(secret).toHaveValue(/^whsec_/);
  await page.getByRole('dialog').getByRole('button', { name: 'I have kept it' }).click();
  const hook = page.getByRole('article').filter({ hasText: 'http://127.0.0.1:9/hook' });
  await hook.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByRole('alert')).toContainText('the test was not taken');
  await hook.getByRole('button', { name: 'Tell it no more' }).click();
  await expect(hook).toHaveCount(0);
});
