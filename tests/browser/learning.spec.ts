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
  const answer = espoo.getByRole('article').filter({ hasText: 'By asking those who run the libraries.' }).last();
  await expect(answer).toBeVisible();

  // What is attached to the answer later stands below it.
  const own = bristol.getByRole('article').filter({ hasText: 'By asking those who run the libraries.' }).last();
  await own.getByRole('button', { name: 'Attach a file' }).click();
  await own.getByLabel('File', { exact: true }).setInputFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear library,') });
  await own.getByRole('button', { name: 'Attach and publish' }).click();
  await expect(own.getByText('letter.txt').first()).toBeVisible();
  await expect(answer.getByText('letter.txt').first()).toBeVisible();

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

test('a city says how many people live there, others read it, and practices are found by it', async ({ open, network }) => {
  // A practice of each city, to be found or not.
  const publish = (node: string, title: string) =>
    network.ask({
      do: 'hansa', node, words: ['practices', 'add', '-'],
      stdin: JSON.stringify({ title, language: 'en', summary: 'Neighbours teach each other.' }),
    });
  await publish('gb-bristol', 'Evenings in a large city');
  await publish('fi-espoo', 'Evenings in a city by the sea');
  await network.ask({ do: 'in step' });
  const said = '617,280 people live here (2021, from Example census)';

  const library = await open('fi-espoo', '/practices?text=evenings&people-from=500000', { account: 'officer' });
  await expect(library.getByRole('alert')).toContainText('No city of this network has said how many people live there');

  const bristol = await open('gb-bristol', '/cities/gb-bristol', { account: 'officer' });
  await bristol.getByRole('button', { name: 'How many people live here?' }).click();
  const form = bristol.getByRole('dialog', { name: 'How many people live here?' });
  await form.getByLabel('People', { exact: true }).fill('very many');
  await form.getByLabel('Year of the number').fill('21');
  await form.getByRole('button', { name: 'Publish' }).click();
  await expect(form.getByLabel('People', { exact: true })).toBeFocused();
  await expect(form.getByText('write a whole number of people')).toBeVisible();
  await expect(form.getByText('write a year from 1900 to 2200')).toBeVisible();
  await expect(form.getByText('say where the figure comes from')).toBeVisible();
  await form.getByLabel('People', { exact: true }).fill('617,280');
  await form.getByLabel('Year of the number').fill('2021');
  await form.getByLabel('Where the figure comes from').fill('Example census');
  await expect(form.getByText(`Others read: ${said}`)).toBeVisible();
  // What was typed is there another day.
  await bristol.reload();
  await ready(bristol);
  await bristol.getByRole('button', { name: 'How many people live here?' }).click();
  await expect(form.getByLabel('Where the figure comes from')).toHaveValue('Example census');
  await form.getByLabel('Who is counted').fill('An example, without the surroundings.');
  await form.getByRole('button', { name: 'Publish' }).click();
  await expect(form).toHaveCount(0);
  const facts = bristol.getByRole('complementary', { name: 'About this member' });
  await expect(facts.getByText(said)).toBeVisible();

  // Another city reads it, and has no form for it.
  const read = await open('fi-espoo', '/cities/gb-bristol', { account: 'officer' });
  await expect(read.getByText(said)).toBeVisible();
  await expect(read.getByText('An example, without the surroundings.')).toBeVisible();
  await expect(read.getByRole('button', { name: /how many people live here/i })).toHaveCount(0);
  await network.hansa('fi-espoo', 'place', 'set', '--population', '320931', '--source', 'Example register');
  const like = read.getByRole('region', { name: 'Cities in like circumstances' });
  await expect(like).toContainText("about as many people: 617,280 (2021, from 'Example census') and 320,931 (not dated, from 'Example register')");
  const korean = await open('fi-espoo', '/cities/gb-bristol', { account: 'officer', language: 'ko' });
  await expect(korean.getByRole('main')).toContainText('617,280명이 삽니다(2021년, 출처: Example census)');
  await expect(korean.getByRole('main')).toContainText("320,931명(연도 없음, 출처 'Example register')");

  // Practices are found by it; the bounds stand in the address.
  await library.reload();
  await ready(library);
  const bounds = library.getByRole('group', { name: 'People living there' });
  await expect(bounds.getByLabel('at least')).toHaveValue('500,000');
  await expect(library.getByRole('link', { name: 'Evenings in a large city' })).toBeVisible();
  await expect(library.getByRole('link', { name: 'Evenings in a city by the sea' })).toHaveCount(0);
  await bounds.getByLabel('at least').fill('');
  await bounds.getByLabel('at most').fill('400 000');
  await bounds.getByLabel('at most').press('Enter');
  await expect(library.getByRole('link', { name: 'Evenings in a city by the sea' })).toBeVisible();
  await expect(library.getByRole('link', { name: 'Evenings in a large city' })).toHaveCount(0);
  expect(new URL(library.url()).searchParams.get('people-to')).toBe('400000');
  await bounds.getByLabel('at least').fill('500000');
  await bounds.getByLabel('at least').press('Enter');
  await expect(library.getByRole('alert')).toContainText('both 500,000 at least and 400,000 at most');
  await bounds.getByLabel('at most').fill('a few');
  await bounds.getByLabel('at most').press('Enter');
  await expect(bounds.getByText('write a whole number of people')).toBeVisible();

  // It is revised, and taken back.
  await bristol.getByRole('button', { name: 'Revise how many people live here' }).click();
  await expect(form.getByLabel('People', { exact: true })).toHaveValue('617280');
  await form.getByLabel('Year of the number').fill('');
  await form.getByRole('button', { name: 'Publish the revision' }).click();
  await expect(read.getByText('617,280 people live here (not dated, from Example census)')).toBeVisible();
  await bristol.getByRole('button', { name: 'Revise how many people live here' }).click();
  await form.getByRole('button', { name: 'Take back' }).click();
  await form.getByRole('button', { name: 'Yes, take it back' }).click();
  await expect(bristol.getByRole('button', { name: 'How many people live here?' })).toBeVisible();
  await expect(read.getByText('617,280 people live here')).toHaveCount(0);
});
