// Signing in: the right password, a wrong one, a link that chooses one, and leaving.
import { expect, password, signInOn, test } from './harness';

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
