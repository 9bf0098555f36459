// Four eyes: what one officer publishes is put forward, and goes out once another has read it and agrees.
import type { Page } from '@playwright/test';

import { expect, test } from './harness';

const city = 'fi-espoo';
const literacy = '1.1.1/adult-literacy-rate';

async function published(network: { hansa: (node: string, ...words: string[]) => Promise<any> }, year: string): Promise<string[]> {
  const rows = (await network.hansa(city, 'indicators', 'show', '--year', year)) as { value: string; published: boolean }[];
  return rows.filter((row) => row.published).map((row) => row.value);
}

/** Has the officer of `page` put the year forward. */
async function putForward(page: Page, url: string, year: string): Promise<void> {
  await page.goto(`${url}/years/${year}/publish`);
  await page.getByRole('button', { name: 'Put forward for a second person' }).click();
  const told = page.getByRole('dialog', { name: 'Put forward' });
  await expect(told).toContainText('It is not published yet.');
  await told.getByRole('link', { name: 'What waits for agreement' }).click();
}

test('a year goes out once a second person has read it and agrees', async ({ open, network }) => {
  const { url } = network.place(city);
  const admin = await open(city, '/settings/accounts', { account: 'admin' });
  await admin.getByRole('button', { name: 'Ask for a second person' }).click();
  await expect(admin.getByText('waits until another publisher or administrator agrees')).toBeVisible();

  const draft = (value: string) =>
    network.ask({
      do: 'hansa',
      node: city,
      words: ['indicators', 'import', '-'],
      stdin: `cell,year,value,source\n${literacy}#total,2011,${value},Statistics Finland\n`,
    });
  await draft('97.30');
  const officer = await open(city, '/', { account: 'officer' });
  await putForward(officer, url, '2011');
  const own = officer.getByRole('article', { name: 'Publish the indicators of 2011' });
  await expect(own).toContainText('Somebody else has to agree to it.');
  await expect(own.getByRole('button', { name: 'Agree and publish' })).toHaveCount(0);
  expect(await published(network, '2011')).toEqual([]);

  // The second person is told without loading anything again.
  const home = await open(city, '/', { account: 'admin' });
  await expect(home.getByRole('region', { name: 'To agree' })).toContainText('put forward by officer');
  await home.getByRole('link', { name: 'Publish the indicators' }).click();
  const waiting = home.getByRole('article', { name: 'Publish the indicators of 2011' });
  await expect(waiting).toContainText('97.30');
  // What changes meanwhile is not what was put forward.
  await draft('96.40');
  await expect(waiting).toContainText('The draft has changed since it was put forward');
  await expect(waiting.getByRole('button', { name: 'Agree and publish' })).toBeDisabled();
  await waiting.getByRole('button', { name: 'Decline' }).click();
  await expect(home.getByRole('status').filter({ hasText: 'Declined, and not published' })).toBeVisible();
  await expect(officer.getByText('Nothing waits for a second person.')).toBeVisible();
  expect(await published(network, '2011')).toEqual([]);

  await putForward(officer, url, '2011');
  await expect(waiting).toContainText('96.40');
  await waiting.getByRole('button', { name: 'Agree and publish' }).click();
  await expect(home.getByText('Agreed and published: Publish the indicators of 2011')).toBeVisible();
  await expect.poll(() => published(network, '2011')).toEqual(['96.40']);
  await expect(officer.getByText('Nothing waits for a second person.')).toBeVisible();

  const log = (await network.hansa(city, 'audit', 'log', '--lines', '5')) as { account: string; result: string }[];
  expect(log.map((line) => `${line.account} ${line.result}`)).toContain('admin agreed');
});

test('a text is read field by field, and taken back by whoever put it forward', async ({ open, network }) => {
  await network.hansa(city, 'user', 'four-eyes', 'on');
  const officer = await open(city, '/topics/new', { account: 'officer' });
  await officer.getByLabel('Title').fill('Libraries on the water');
  await officer.getByLabel('What you would like to talk about').fill('Who lends books on boats?');
  await officer.getByRole('button', { name: 'Put forward for a second person' }).click();
  await officer.getByRole('dialog', { name: 'Put forward' }).getByRole('button', { name: 'Done' }).click();
  // What was typed is still there.
  await expect(officer.getByLabel('Title')).toHaveValue('Libraries on the water');
  const admin = await open(city, '/to-agree', { account: 'admin' });
  const waiting = admin.getByRole('article', { name: 'Open a topic' });
  await expect(waiting).toContainText('Who lends books on boats?');
  await officer.goto(`${network.place(city).url}/to-agree`);
  await officer.getByRole('article', { name: 'Open a topic' }).getByRole('button', { name: 'Take back' }).click();
  await expect(admin.getByText('Nothing waits for a second person.')).toBeVisible();
  expect(JSON.stringify(await network.hansa(city, 'topics', 'list'))).not.toContain('Libraries on the water');

  // The command line of whoever owns the machine is not bound by it.
  await network.hansa(city, 'user', 'four-eyes', 'off');
  await expect(admin.getByText('no second person is asked for')).toBeVisible();
});

test('what was revised since it was put forward says so, and cannot be agreed to', async ({ open, network }) => {
  await network.hansa(city, 'user', 'four-eyes', 'on');
  const strategy = { title: 'Boats that lend books', kind: 'action', language: 'en', summary: 'From every pier.' };
  const ask = (...words: string[]) =>
    network.ask({ do: 'hansa', node: city, words: ['strategies', ...words, '-'], stdin: JSON.stringify(strategy) });
  const { id } = await ask('add');
  const officer = await open(city, `/strategies/${id}/revise`, { account: 'officer' });
  await officer.getByLabel(/^In short/).fill('From two piers.');
  await officer.getByRole('button', { name: 'Put forward for a second person' }).click();
  await officer.getByRole('dialog', { name: 'Put forward' }).getByRole('button', { name: 'Done' }).click();
  const admin = await open(city, '/to-agree', { account: 'admin' });
  const waiting = admin.getByRole('article', { name: 'Revise a strategy' });
  await expect(waiting).toContainText('Written over revision');
  await expect(waiting.getByRole('button', { name: 'Agree and publish' })).toBeEnabled();
  strategy.summary = 'From three piers.';
  await ask('revise', id);
  await expect(waiting).toContainText('this was made over revision 1, and revision 2 is published');
  await expect(waiting.getByRole('button', { name: 'Agree and publish' })).toBeDisabled();
  await waiting.getByRole('button', { name: 'Decline' }).click();
  await expect(admin.getByText('Nothing waits for a second person.')).toBeVisible();
  await expect(officer.getByLabel(/^In short/)).toHaveValue('From two piers.');
  await network.hansa(city, 'user', 'four-eyes', 'off');
});

test('how many people live here is put forward without a year too, and read by its fields', async ({ open, network }) => {
  await network.hansa(city, 'user', 'four-eyes', 'on');
  const officer = await open(city, `/cities/${city}`, { account: 'officer' });
  await officer.getByRole('button', { name: 'How many people live here?' }).click();
  const form = officer.getByRole('dialog', { name: 'How many people live here?' });
  await form.getByLabel('People', { exact: true }).fill('320 931');
  await form.getByLabel('Where the figure comes from').fill('Example register');
  await form.getByRole('button', { name: 'Put forward for a second person' }).click();
  await officer.getByRole('dialog', { name: 'Put forward' }).getByRole('button', { name: 'Done' }).click();
  await form.getByRole('button', { name: 'Go on later' }).click();
  const admin = await open(city, '/to-agree', { account: 'admin' });
  const waiting = admin.getByRole('article', { name: 'Say how many people live here' });
  await expect(waiting).toContainText('320931');
  await expect(waiting).toContainText('Example register');
  await waiting.getByRole('button', { name: 'Agree and publish' }).click();
  await expect(admin.getByText('Agreed and published: Say how many people live here')).toBeVisible();
  await expect(officer.getByText('320,931 people live here (not dated, from Example register)')).toBeVisible();
  await network.hansa(city, 'user', 'four-eyes', 'off');
});
