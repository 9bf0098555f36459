// Every view of the page, with an address to look at it. A view without one here fails the test of views.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Network } from './harness';

export const root = process.env['HANSA_SOURCE'] ?? dirname(dirname(__dirname));

export interface View {
  /** As src/views/index.ts has it. */
  at: string;
  free: boolean;
  /** Shown without an account where the owner opened it. */
  open: boolean;
}

/** The rows of node/page/src/views/index.ts. */
export function views(): View[] {
  const source = readFileSync(join(root, 'node/page/src/views/index.ts'), 'utf8');
  const rows = [...source.matchAll(/\{ at: '([^']*)',[^}]*\}/g)];
  return rows.map((row) => ({ at: row[1] ?? '', free: /free: true/.test(row[0]), open: /open: true/.test(row[0]) }));
}

/**
 * What is looked at where a view is of one thing: by the address of the view, up to the name; and what is asked behind
 * the address of a view that needs it.
 */
export async function examples(network: Network, node: string): Promise<Record<string, string>> {
  const first = async (...words: string[]) => {
    const found = (await network.hansa(node, ...words)) as { id: string }[] | Record<string, { id: string }[]>;
    const rows = Array.isArray(found) ? found : (Object.values(found).find(Array.isArray) ?? []);
    return rows[0]?.id ?? '';
  };
  const cell = encodeURIComponent('1.2.2/unemployment-rate#total');
  return {
    '/framework/': '1.2.2',
    '/years/': '2019',
    '/cities/': 'fi-espoo',
    '/practices/': await first('practices', 'list', '--city', node),
    '/notices/': await first('notices', 'list'),
    '/offers/': await first('offers', 'list'),
    '/strategies/': await first('strategies', 'list'),
    '/questions/': await first('questions'),
    '/topics/': await first('topics', 'list'),
    '/history': `?cell=${cell}`,
    '/beside': `?cell=${cell}&members=fi-espoo,gb-bristol`,
  };
}

/** The address of a view, with an example of what it is of. */
export function addressOf(at: string, names: Record<string, string>): string {
  const filled = at.replace(/^(.*?)(:\w+)/, (_, before: string, name: string) => {
    const example = names[before];
    if (!example) throw new Error(`tests/browser/views.ts has no example of ${name} behind ${before}`);
    return before + example;
  });
  return (filled || '/') + (filled === at ? (names[at] ?? '') : '');
}
