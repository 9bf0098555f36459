// Signing in: the right password, a wrong one, a link that chooses one, and leaving.
import { createHmac } from 'node:crypto';

import { expect, password, ready, signInOn, test } from './harness';
import { addressOf, examples, views } from './views';

/** What an authenticator app shows for that secret: RFC 6238. `later`: of so many half minutes on. */
function codeOf(secret: string, later = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mac = createHmac('sha1', key).update(counter).digest();
  const from = (mac[19] ?? 0) & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('an officer signs in, and out again', async ({ open, network }) => {
  const page = await open('fi-espoo', '/');
  await signInOn(page, 'officer');
  await expect(page.locator('header .account')).toHaveText('officer');
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${network.place('fi-espoo').url}/sign-in`);
  // The session is gone at the node too, not only on the page.
  await page.goto(`${network.place('fi-espoo').url}/settings`);
  await expect(page.getByLabel('Password')).toBeVisible();
});

for (const [language, sentence] of [['en', /name or.*password|password/i], ['ko', /비밀번호/]] as const) {
  test(`a wrong password is refused in words (${language})`, async ({ open }) => {
    const page = await open('fi-espoo', '/sign-in', { language });
    await signInOn(page, 'officer', 'not the right words');
    await expect(page.getByRole('alert')).toContainText(sentence);
    await expect(page.locator('header .account')).toHaveCount(0);
    // Nothing that was typed but the password is to be typed again.
    await expect(page.locator('input[autocomplete=username]')).toHaveValue('officer');
    await signInOn(page, 'officer', password);
    await expect(page.locator('header .account')).toHaveText('officer');
  });
}

test('an administrator adds an account; its owner chooses a password by the link, once', async ({ open, network }) => {
  const admin = await open('fi-espoo', '/settings/accounts', { account: 'admin' });
  await admin.getByLabel('Name', { exact: true }).fill('kim.jiyoung');
  await admin.getByRole('radio', { name: 'Publisher' }).check();
  await admin.getByRole('button', { name: 'Add', exact: true }).click();
  const link = await admin.getByRole('dialog').getByLabel('Link').inputValue();
  expect(link.startsWith(`${network.place('fi-espoo').url}/link#`)).toBe(true);
  await admin.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await expect(admin.getByRole('row', { name: /kim\.jiyoung/ })).toContainText('a link, until');

  const owner = await open('fi-espoo', link.slice(network.place('fi-espoo').url.length));
  await owner.getByLabel('Password').fill('four cold bright mornings');
  await owner.getByLabel('The same once more').fill('four cold bright evenings');
  await owner.getByRole('button', { name: 'Choose and sign in' }).click();
  await expect(owner.getByRole('alert')).toContainText('differ');
  await owner.getByLabel('The same once more').fill('four cold bright mornings');
  await owner.getByRole('button', { name: 'Choose and sign in' }).click();
  await expect(owner.locator('header .account')).toHaveText('kim.jiyoung');

  const late = await open('fi-espoo', link.slice(network.place('fi-espoo').url.length));
  await late.getByLabel('Password').fill('somebody else altogether');
  await late.getByLabel('The same once more').fill('somebody else altogether');
  await late.getByRole('button', { name: 'Choose and sign in' }).click();
  await expect(late.getByRole('alert')).toBeVisible();
  await expect(late.locator('header .account')).toHaveCount(0);
});

test('a password is changed, and its owner goes on', async ({ open }) => {
  const page = await open('fi-espoo', '/settings/password', { account: 'clerk' });
  await page.getByLabel('The password until now').fill(password);
  await page.getByLabel('The new one').fill('nine slow rivers meet');
  await page.getByLabel('The same once more').fill('nine slow rivers meet');
  await page.getByRole('button', { name: 'Change my password' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
  await page.getByRole('link', { name: 'Neighbours' }).click();
  await expect(page.getByRole('row', { name: /int-uil/ })).toBeVisible();
});

test('a code of an app is asked for beside the password, and an administrator takes it off again', async ({ open, network }) => {
  await network.hansa('fi-espoo', 'user', 'add', 'lee.sora', '--role', 'editor');
  await network.ask({ do: 'hansa', node: 'fi-espoo', words: ['user', 'passwd', 'lee.sora'], stdin: `${password}\n` });
  const page = await open('fi-espoo', '/settings/password', { account: 'lee.sora' });
  const codes = page.getByRole('region', { name: 'Codes of an authenticator app' });
  await codes.getByLabel('Your password once more').fill(password);
  await codes.getByRole('button', { name: 'Set it up' }).click();
  await expect(codes.getByRole('img', { name: 'Picture for an authenticator app' })).toBeVisible();
  const secret = (await codes.getByLabel('Secret').inputValue()).replaceAll(' ', '');
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await codes.getByLabel('The code that it shows now').fill('000000');
  await codes.getByRole('button', { name: 'Ask for codes from now on' }).click();
  await expect(codes.getByRole('alert')).toContainText('not the code');
  await codes.getByLabel('The code that it shows now').fill(codeOf(secret));
  await codes.getByRole('button', { name: 'Ask for codes from now on' }).click();
  await expect(codes.getByText('A code is asked for from now on.')).toBeVisible();

  const again = await open('fi-espoo', '/sign-in');
  await signInOn(again, 'lee.sora');
  await again.getByLabel('Code of your authenticator').fill(codeOf(secret, 1));
  await again.getByRole('button', { name: 'Sign in' }).last().click();
  await expect(again.locator('header .account')).toHaveText('lee.sora');

  // The telephone is lost.
  const admin = await open('fi-espoo', '/settings/accounts', { account: 'admin' });
  const row = admin.getByRole('row', { name: /lee\.sora/ });
  await expect(row).toContainText('and a code');
  await row.getByRole('button', { name: 'Ask for no code of lee.sora any more' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Ask for no code' }).click();
  await expect(row).not.toContainText('and a code');
  const without = await open('fi-espoo', '/sign-in');
  await signInOn(without, 'lee.sora');
  await expect(without.locator('header .account')).toHaveText('lee.sora');
  const log = JSON.stringify(await network.hansa('fi-espoo', 'audit', 'log'));
  expect(log).toContain('ask for no codes');
  expect(log).not.toContain(secret);
});

test('a session that ends at the node in the middle of an edit loses nothing', async ({ open, network }) => {
  const cell = (member: string) => `[id="cell-1.1.1/adult-literacy-rate#${member}"]`;
  const drafted = async () => {
    const rows = await network.hansa('fi-espoo', 'indicators', 'show', '--year', '2012');
    return (rows as { value: string; published: boolean }[]).filter((row) => !row.published).map((row) => row.value);
  };
  const page = await open('fi-espoo', '/years/2012?area=1.1', { account: 'helper' });
  await page.locator(cell('male')).fill('91.25');
  // Another role ends the session, and the stream of events with it.
  await network.hansa('fi-espoo', 'user', 'role', 'helper', 'publisher');
  await page.keyboard.press('Enter');
  const again = page.getByRole('dialog', { name: 'Please sign in again' });
  await expect(again.locator('input[autocomplete=username]')).toHaveValue('helper');
  await again.locator('input[autocomplete=current-password]').fill(password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await expect(again).toHaveCount(0);
  await expect(page.locator(cell('male'))).toHaveValue('91.25');
  await expect.poll(drafted).toEqual(['91.25']);
  // It goes on, and is told of what others do.
  await page.locator(cell('female')).fill('93.50');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await drafted()).sort()).toEqual(['91.25', '93.50']);
  await network.ask({
    do: 'hansa',
    node: 'fi-espoo',
    words: ['indicators', 'import', '-'],
    stdin: 'cell,year,value,source\n1.1.1/adult-literacy-rate#total,2012,92.40,Statistics Finland\n',
  });
  await expect(page.locator(cell('total'))).toHaveValue('92.40');
  await network.hansa('fi-espoo', 'user', 'role', 'helper', 'editor');
});

test('a reader is not offered what only an administrator may do', async ({ open }) => {
  const page = await open('gb-bristol', '/settings/neighbours', { account: 'guest' });
  await expect(page.getByRole('row', { name: /int-uil/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Accounts' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toHaveCount(0);
});

test('who has no account reads what is published where the owner opened it, and nothing elsewhere', async ({ open }) => {
  const bristol = await open('gb-bristol', '/practices');
  await expect(bristol.getByText('Bristol').first()).toBeVisible();
  const espoo = await open('fi-espoo', '/practices');
  await expect(espoo.getByLabel('Password')).toBeVisible();
});

test('every view that the owner opened shows all of it to who has no account', async ({ open, network }) => {
  const names = await examples(network, 'gb-bristol');
  const page = await open('gb-bristol', '/cities/gb-bristol');
  await expect(page.getByRole('region', { name: 'Published figures' })).toContainText(/figures?, the latest of/);
  for (const view of views().filter((one) => one.open)) {
    await page.goto(network.place('gb-bristol').url + addressOf(view.at, names));
    await ready(page);
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('alert'), view.at).toHaveCount(0);
    await expect(page.getByLabel('Password'), view.at).toHaveCount(0);
  }
});
