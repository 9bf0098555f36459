// Cities learn from each other: a practice is found, followed and asked about; an offer becomes a partnership.
import { expect, ready, test } from './harness';

test('a practice is found, its city followed, and asked; the answer comes by itself', async ({ open, network }) => {
  const espoo = await open('fi-espoo', '/practices', { account: 'officer' });
  await espoo.getByRole('searchbox').fill('ambassadors');
  await espoo.getByRole('link', { name: 'Year of Learning and learning ambassadors' }).click();
  await ready(espoo);
  await expect(espoo.locator('h1')).toHaveText('Year of Learning and learning ambassadors');
  await espoo.getByRole('button', { name: /^Follow / }).click();
  await expect(espoo.getByRole('button', { name: /^Following / })).toBeVisible();
  await espoo.getByRole('button', { name: 'Ask a question' }).click();
  await espoo.getByLabel('Your question').fill('How were the forty ambassadors found?');
  await espoo.getByRole('button', { name: 'Publish the question' }).click();
  await expect(espoo.getByRole('article').filter({ hasText: 'How were the forty ambassadors found?' })).toBeVisible();

  const address = new URL(espoo.url()).pathname;
  const bristol = await open('gb-bristol', address, { account: 'officer' });
  const question = bristol.getByRole('article').filter({ hasText: 'How were the forty ambassadors found?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Answer' }).click();
  await bristol.getByLabel('Your answer').fill('By asking those who run the libraries.');
  await bristol.getByRole('button', { name: 'Publish the answer' }).click();

  // Espoo's page is where it was.
  await expect(espoo.getByText('By asking those who run the libraries.')).toBeVisible();

  // What the followed city publishes next is news.
  const news = await open('fi-espoo', '/news', { account: 'officer' });
  await network.ask({
    do: 'hansa', node: 'gb-bristol', words: ['practices', 'add', '-'],
    stdin: JSON.stringify({ title: 'A library by the river', language: 'en', summary: 'Books are lent from a boat.' }),
  });
  // What is being read does not move: what has come is shown when asked for.
  await news.getByRole('button', { name: '1 new: show' }).click();
  await expect(news.getByText('A library by the river')).toBeVisible();
});

test('what was typed and not published is there again', async ({ open }) => {
  const page = await open('gb-bristol', '/practices/new', { account: 'officer' });
  await page.getByLabel('Title', { exact: false }).first().fill('A practice in the making');
  await page.reload();
  await ready(page);
  await expect(page.getByLabel('Title', { exact: false }).first()).toHaveValue('A practice in the making');
});

test('a form that is open in two tabs loses nothing of what is typed in either', async ({ open, network }) => {
  const one = await open('gb-bristol', '/topics/new', { account: 'officer' });
  const other = await one.context().newPage();
  await other.addInitScript(() => {
    // A tab that sleeps is told nothing.
    window.addEventListener('storage', (event) => {
      if (document.documentElement.dataset['sleeps']) event.stopImmediatePropagation();
    });
  });
  await other.goto(`${network.place('gb-bristol').url}/topics/new`);
  await ready(other);
  const title = (page: typeof one) => page.getByLabel('Title');
  const keeps = (text: string) =>
    expect.poll(() => other.evaluate(() => JSON.stringify(Object.values(localStorage)))).toContain(text);
  await title(one).fill('Libraries on rails');
  await expect(title(other)).toHaveValue('Libraries on rails');
  await title(other).fill('Libraries on rails and roads');
  await expect(title(one)).toHaveValue('Libraries on rails and roads');

  await other.evaluate(() => (document.documentElement.dataset['sleeps'] = 'yes'));
  await title(one).fill('Libraries at night');
  await keeps('Libraries at night');
  await title(other).fill('Libraries on boats');
  await expect(other.getByRole('alert')).toContainText('This form is open in another tab');
  await expect(title(other)).toHaveValue('Libraries on boats');
  await expect(title(one)).toHaveValue('Libraries at night');
  await other.getByRole('button', { name: 'Take the text of the other tab' }).click();
  await expect(title(other)).toHaveValue('Libraries at night');

  await title(one).fill('Libraries by day');
  await keeps('Libraries by day');
  await title(other).fill('Libraries on boats');
  await other.getByRole('button', { name: 'Keep this text' }).click();
  await expect(title(one)).toHaveValue('Libraries on boats');
  await expect(other.getByRole('alert')).toHaveCount(0);
  await one.getByRole('button', { name: 'Discard it' }).click();
  await expect(title(one)).toHaveValue('');
});

test('what was revised by somebody else meanwhile is said, and nothing typed is lost', async ({ open, network }) => {
  const revise = (id: string, what: object) =>
    network.ask({ do: 'hansa', node: 'gb-bristol', words: ['offers', 'revise', id, '-'], stdin: JSON.stringify(what) });
  const offer = { title: 'Reading on trains', language: 'en', kind: 'exchange', summary: 'Books are read aloud.', terms: 'Each pays its own.' };
  const { id } = await network.ask({
    do: 'hansa', node: 'gb-bristol', words: ['offers', 'publish', '-'], stdin: JSON.stringify(offer),
  });
  const bristol = await open('gb-bristol', `/offers/${id}/revise`, { account: 'officer' });
  await bristol.getByLabel(/^In short/).fill('Books are read aloud, at night.');
  const espoo = await open('fi-espoo', `/offers/${id}`, { account: 'officer' });
  await espoo.getByRole('button', { name: 'Accept', exact: true }).click();
  const question = espoo.getByRole('dialog', { name: 'Sign the partnership?' });
  await question.getByLabel(/We have read the text/).check();

  await revise(id, { ...offer, title: 'Reading on trains and ferries', terms: 'The host pays.' });
  // What one signs is what one read.
  await expect(question.getByRole('alert')).toContainText('this is revision 1, and revision 2 is published');
  await expect(question).toContainText('Each pays its own.');
  await expect(question.getByRole('button', { name: 'Sign' })).toBeDisabled();
  await question.getByRole('button', { name: 'Read revision 2' }).click();
  await expect(question).toContainText('The host pays.');
  await expect(question.getByLabel(/We have read the text/)).not.toBeChecked();
  await question.getByRole('button', { name: 'Cancel' }).click();

  const told = bristol.getByRole('alert').filter({ hasText: 'you write over revision 1, and revision 2 is published' });
  await expect(told).toBeVisible();
  // The draft knows what it was begun over, another day too.
  await bristol.reload();
  await ready(bristol);
  await expect(bristol.getByLabel(/^In short/)).toHaveValue('Books are read aloud, at night.');
  await bristol.getByRole('button', { name: 'Publish the revision' }).click();
  await expect(told).toBeFocused();
  await told.getByRole('button', { name: 'Go on over revision 2' }).click();
  await expect(told).toHaveCount(0);
  await expect(bristol.getByLabel(/^Title/)).toHaveValue('Reading on trains and ferries');
  await expect(bristol.getByLabel(/^In short/)).toHaveValue('Books are read aloud, at night.');
  await bristol.getByRole('button', { name: 'Publish the revision' }).click();
  await expect(bristol.locator('h1')).toHaveText('Reading on trains and ferries');
  await expect(espoo.locator('h1')).toHaveText('Reading on trains and ferries');
  await expect(espoo.getByText('Books are read aloud, at night.')).toBeVisible();
});

test('an empty strategy says on the page what is missing', async ({ open }) => {
  const page = await open('gb-bristol', '/strategies/new', { account: 'officer' });
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('a strategy or action needs a title')).toBeVisible();
  await expect(page.getByLabel(/^Title/)).toBeFocused();
});

test('an offer becomes a partnership that both have signed', async ({ open }) => {
  const bristol = await open('gb-bristol', '/offers/new', { account: 'officer' });
  await bristol.getByLabel(/^Title/).fill('Librarians change places for a month');
  await bristol.getByLabel(/^In short/).fill('Two librarians of each city work in the other one for a month.');
  await bristol.getByLabel(/^Terms that partners sign/).fill('Each city pays for its own.');
  await bristol.getByRole('button', { name: 'Publish the offer' }).click();
  await expect(bristol.locator('h1')).toHaveText('Librarians change places for a month');

  const espoo = await open('fi-espoo', '/offers', { account: 'officer' });
  await espoo.getByRole('link', { name: 'Librarians change places for a month' }).click();
  await expect(espoo.locator('h1')).toHaveText('Librarians change places for a month');
  await espoo.getByRole('button', { name: 'Accept', exact: true }).click();
  const question = espoo.getByRole('dialog', { name: 'Sign the partnership?' });
  await expect(question).toContainText('Each city pays for its own.');
  await expect(question.getByRole('button', { name: 'Sign' })).toBeDisabled();
  await question.getByLabel(/We have read the text/).check();
  await question.getByRole('button', { name: 'Sign' }).click();
  await expect(espoo.getByText('proposed: signatures are missing')).toBeVisible();

  // At the author's page it shows by itself; the author signs too.
  await bristol.getByRole('button', { name: 'Sign', exact: true }).first().click();
  const answer = bristol.getByRole('dialog', { name: 'Sign the partnership?' });
  await answer.getByLabel(/We have read the text/).check();
  await answer.getByRole('button', { name: 'Sign' }).click();
  await expect(bristol.getByText('in force', { exact: true })).toBeVisible();
  await expect(espoo.getByText('in force', { exact: true })).toBeVisible();
});

test('an offer has a file, is revised, and who has signed stays with the text that was signed', async ({ open }) => {
  const bristol = await open('gb-bristol', '/offers/new', { account: 'officer' });
  await bristol.getByLabel(/^Title/).fill('A week of story tellers');
  await bristol.getByLabel(/^In short/).fill('Story tellers visit schools for a week.');
  await bristol.getByRole('button', { name: 'Publish the offer' }).click();
  await expect(bristol.locator('h1')).toHaveText('A week of story tellers');
  await bristol.getByRole('button', { name: 'Attach a file' }).click();
  await bristol
    .getByLabel('File', { exact: true })
    .setInputFiles({ name: 'programme.txt', mimeType: 'text/plain', buffer: Buffer.from('Monday: stories') });
  await bristol.getByRole('button', { name: 'Attach and publish' }).click();
  await expect(bristol.getByText('programme.txt').first()).toBeVisible();

  const address = new URL(bristol.url()).pathname;
  const espoo = await open('fi-espoo', address, { account: 'officer' });
  await expect(espoo.getByText('programme.txt').first()).toBeVisible();
  await espoo.getByRole('button', { name: 'Accept', exact: true }).click();
  const question = espoo.getByRole('dialog', { name: 'Sign the partnership?' });
  await question.getByLabel(/We have read the text/).check();
  await question.getByRole('button', { name: 'Sign' }).click();
  await expect(bristol.getByText('proposed: signatures are missing')).toBeVisible();

  await bristol.getByRole('link', { name: 'Revise', exact: true }).click();
  await expect(bristol.getByText('stays with the text that was signed')).toBeVisible();
  await expect(bristol.getByLabel(/^In short/)).toHaveValue('Story tellers visit schools for a week.');
  await bristol.getByLabel(/^Title/).fill('Two weeks of story tellers');
  await bristol.getByLabel(/^Why you revise it/).fill('a week was too short');
  await bristol.getByRole('button', { name: 'Publish the revision' }).click();
  await expect(bristol.locator('h1')).toHaveText('Two weeks of story tellers');
  await expect(espoo.locator('h1')).toHaveText('Two weeks of story tellers');
  await expect(espoo.getByText('Its text is that of revision 2 of the offer.')).toBeVisible();
  await expect(espoo.getByText('programme.txt').first()).toBeVisible();
});

test('cities are found on the map by keyboard, and in the list beside it; each stands at its country', async ({ open, network }) => {
  await network.hansa('fi-espoo', 'follow', 'gb-bristol');
  const page = await open('fi-espoo', '/cities/map', { account: 'officer' });
  const map = page.getByRole('group', { name: 'Map of the cities' });
  await expect(map.getByRole('link')).toHaveCount(2);
  // The state is said, and drawn as another shape; size and colour are the same.
  const bristol = map.getByRole('link', { name: 'Bristol, United Kingdom, followed' });
  const espoo = map.getByRole('link', { name: 'Espoo, Finland, this node' });
  await expect(bristol).toBeVisible();
  const looks = (dot: typeof bristol) =>
    dot.locator('.dot').evaluate((path) => ({ shape: path.getAttribute('d')?.replace(/[^a-zA-Z]/g, ''), fill: getComputedStyle(path).fill }));
  expect((await looks(bristol)).shape).not.toBe((await looks(espoo)).shape);
  expect((await looks(bristol)).fill).toBe((await looks(espoo)).fill);

  await bristol.focus();
  await page.keyboard.press('ArrowRight');
  await expect(espoo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('h1')).toHaveText('Espoo');
  await page.goBack();

  await page.getByLabel('Part of the world').selectOption({ label: 'United Kingdom' });
  await expect(map.getByRole('link')).toHaveCount(1);
  await page.locator('.list').getByRole('link', { name: 'Bristol' }).click();
  await expect(page.locator('h1')).toHaveText('Bristol');
});
