// The hub goes away and comes back: the page says how the node stands, publishes nothing that it cannot sign, and loses
// nothing.
import { expect, test } from './harness';

test('the standing says when the hub is gone, and when all are in step again', async ({ open, network }) => {
  const page = await open('gb-bristol', '/', { account: 'officer' });
  const standing = page.locator('header').getByRole('status');
  await expect(standing).toContainText('up to date as of');
  const korean = await open('gb-bristol', '/', { account: 'officer', language: 'ko' });
  await expect(korean.locator('header').getByRole('status')).toContainText('최신 상태');
  await network.ask({ do: 'stop', node: 'int-uil' });
  await network.ask({ do: 'stop', node: 'fi-espoo' });
  await expect(standing).toContainText('alone: nobody of the network is in reach');
  await expect(korean.locator('header').getByRole('status')).toContainText('혼자임');
  await network.ask({ do: 'start', node: 'int-uil' });
  await network.ask({ do: 'start', node: 'fi-espoo' });
  await network.ask({ do: 'in step' });
  await expect(standing).toContainText('up to date as of');
});

test('without its node the page says so, and goes on when it is back', async ({ open, network }) => {
  const page = await open('fi-espoo', '/settings', { account: 'officer' });
  const standing = page.locator('header').getByRole('status');
  await expect(standing).toContainText('up to date as of');
  await network.ask({ do: 'stop', node: 'fi-espoo' });
  await expect(standing).toContainText('not connected to the node');
  await network.ask({ do: 'start', node: 'fi-espoo' });
  await network.ask({ do: 'in step' });
  await expect(standing).toContainText('up to date as of');
});

test('what is published after a restart without the hub waits, and goes out by itself', async ({ open, network }) => {
  await network.ask({ do: 'stop', node: 'int-uil' });
  await network.ask({ do: 'stop', node: 'gb-bristol' });
  await network.ask({ do: 'stop', node: 'fi-espoo' });
  await network.ask({ do: 'start', node: 'gb-bristol' });
  const page = await open('gb-bristol', '/settings', { account: 'officer' });
  await network.ask({
    do: 'hansa', node: 'gb-bristol', words: ['practices', 'add', '-'],
    stdin: JSON.stringify({ title: 'Lessons on the ferry', language: 'en', summary: 'Held while one waits.' }),
  });
  await expect(page.getByText(/1 publication waits/)).toBeVisible();
  await expect(page.locator('header').getByRole('status')).toContainText('waiting for the hub before publishing');
  await network.ask({ do: 'start', node: 'int-uil' });
  await network.ask({ do: 'start', node: 'fi-espoo' });
  await network.ask({ do: 'in step' });
  await expect(page.getByText(/1 publication waits/)).toHaveCount(0);
  await expect(page.locator('header').getByRole('status')).toContainText('up to date as of');
});
