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
