// What the specs have in common: a network of real nodes, pages of it with somebody signed in, and what must never
// happen on any page: a breach of its content rules, or an error that nobody caught.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { type Browser, type BrowserContext, expect, type Page, test as plain } from '@playwright/test';

export type Language = 'en' | 'ko';
export const password = 'seven quiet harbours';
const root = process.env['HANSA_SOURCE'] ?? dirname(dirname(__dirname));

/** A node's page, and its data folder. */
export interface Place {
  url: string;
  folder: string;
}

export class Network {
  readonly places: Record<string, Place> = {};
  /** Reports of broken content rules that a test caused, by node. */
  readonly provoked: Record<string, number> = {};
  #process: ChildProcess;
  #lines: AsyncIterator<string>;
  #said = '';

  private constructor(process: ChildProcess) {
    this.#process = process;
    process.stderr?.on('data', (bytes: Buffer) => (this.#said += bytes.toString()));
    if (!process.stdout) throw new Error('the network has no output');
    this.#lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  }

  static async start(folder: string, ...options: string[]): Promise<Network> {
    const webDir = process.env['HANSA_WEB_DIR'];
    const words = ['-B', join(root, 'tests/browser/network.py'), folder, ...options];
    if (webDir) words.push('--web-dir', webDir);
    const network = new Network(spawn('/usr/bin/python3', words, { stdio: ['pipe', 'pipe', 'pipe'] }));
    Object.assign(network.places, await network.#next());
    return network;
  }

  async #next(): Promise<unknown> {
    const line = await this.#lines.next();
    if (line.done) throw new Error(`the network ended:\n${this.#said}`);
    return JSON.parse(line.value);
  }

  /** One command of network.py. */
  async ask(command: Record<string, unknown>): Promise<any> {
    this.#process.stdin?.write(`${JSON.stringify(command)}\n`);
    const answer = (await this.#next()) as { ok?: unknown; error?: string };
    if (answer.error) throw new Error(answer.error);
    return answer.ok;
  }
  /** The command line of a node: what it prints as JSON. */
  hansa(node: string, ...words: string[]): Promise<any> {
    return this.ask({ do: 'hansa', node, words });
  }

  place(slug: string): Place {
    const place = this.places[slug];
    if (!place) throw new Error(`the network has no ${slug}`);
    return place;
  }

  /** How often browsers told a node that the page broke its content rules; 0 of one that is stopped. */
  async reports(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [slug, { url }] of Object.entries(this.places)) {
      const text = await fetch(`${url}/metrics`).then((answer) => answer.text(), () => '');
      counts[slug] = Number(/^hansa_csp_reports_total (\d+)$/m.exec(text)?.[1] ?? 0);
    }
    return counts;
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.stdin?.end();
    await ended;
  }
}

/** Everything that went wrong on the pages of one test, in words. */
const faults = new WeakMap<BrowserContext, string[]>();

/** Writes down what must not happen on a page, from its first moment. */
async function watch(context: BrowserContext): Promise<void> {
  const found: string[] = [];
  faults.set(context, found);
  await context.exposeBinding('hansaFault', (_, what: string) => void found.push(what));
  await context.addInitScript(() => {
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node?: Element }[];
    }
    const page = window as unknown as { hansaFault: (what: string) => void; hansaShift: number; hansaShifted: string[] };
    document.addEventListener('securitypolicyviolation', (event) => {
      page.hansaFault(`content rules: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
    page.hansaShift = 0;
    page.hansaShifted = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[]) {
        if (entry.hadRecentInput) continue;
        page.hansaShift += entry.value;
        for (const { node } of entry.sources) {
          page.hansaShifted.push(`${entry.value.toFixed(4)} ${node?.outerHTML?.slice(0, 120) ?? 'a text'}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  context.on('page', (page) => {
    page.on('pageerror', (error) => found.push(`not caught: ${error.message}`));
    page.on('console', (message) => {
      // That another page may not frame ours is what the rules are for.
      if (/^Framing /.test(message.text())) return;
      if (/Content.Security.Policy|TrustedHTML|TrustedScript/i.test(message.text())) found.push(message.text());
    });
  });
}

/** What has moved on the page by itself since it was loaded; empty where all of it together cannot be noticed. */
export function movedOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { hansaShift, hansaShifted } = window as unknown as { hansaShift: number; hansaShifted: string[] };
    return hansaShift < 0.01 ? [] : hansaShifted;
  });
}

export interface Reader {
  language?: Language;
  /** Signs in as this account; without it nobody does. */
  account?: string;
  width?: number;
}

/** A page of a node in a browser of its own, at `address`. */
export type Open = (node: string, address: string, reader?: Reader) => Promise<Page>;

export async function signInOn(page: Page, account: string, secret = password): Promise<void> {
  const form = page.locator('form').filter({ has: page.locator('input[autocomplete=current-password]') });
  await form.locator('input[autocomplete=username]').fill(account);
  await form.locator('input[autocomplete=current-password]').fill(secret);
  await form.locator('button').first().click();
}

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

async function newPage(browser: Browser, reader: Reader, storageState?: State): Promise<Page> {
  const context = await browser.newContext({
    ...(storageState ? { storageState } : {}),
    locale: reader.language === 'ko' ? 'ko-KR' : 'en-GB',
    viewport: { width: reader.width ?? 1280, height: 900 },
    reducedMotion: 'reduce',
  });
  await watch(context);
  return context.newPage();
}

interface Fixtures {
  open: Open;
}
interface Shared {
  /** Who signed in before, by node and account: a password takes a while, on purpose. */
  signedIn: Map<string, State>;
  /** What network.py is told besides the folder. */
  networkOptions: string[];
  network: Network;
}

export const test = plain.extend<Fixtures, Shared>({
  signedIn: [async ({}, use) => use(new Map()), { scope: 'worker' }],
  networkOptions: [[], { option: true, scope: 'worker' }],
  network: [
    async ({ networkOptions }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'hansa-browser-'));
      const network = await Network.start(folder, ...networkOptions);
      try {
        await use(network);
        const reports = Object.entries(await network.reports()).filter(([slug, count]) => count !== (network.provoked[slug] ?? 0));
        expect(reports, 'what browsers told the nodes of broken content rules').toEqual([]);
      } finally {
        await network.end();
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  open: async ({ browser, network, signedIn }, use) => {
    const pages: Page[] = [];
    await use(async (node, address, reader = {}) => {
      const known = signedIn.get(`${node} ${reader.account}`);
      const page = await newPage(browser, reader, known);
      pages.push(page);
      const { url } = network.place(node);
      if (reader.account && !known) {
        await page.goto(`${url}/sign-in`);
        await signInOn(page, reader.account);
        await page.locator('header .account', { hasText: reader.account }).waitFor({ state: 'attached', timeout: 45_000 });
        const { cookies } = await page.context().storageState();
        signedIn.set(`${node} ${reader.account}`, { cookies, origins: [] });
      }
      await page.goto(url + address);
      await ready(page);
      return page;
    });
    for (const page of pages) {
      const found = faults.get(page.context()) ?? [];
      await page.context().close();
      expect(found, 'what must never happen on a page').toEqual([]);
    }
  },
});

/** Returns once the view is there and asks for nothing more. Waits for the page itself: `expect` looks at growing intervals. */
export async function ready(page: Page): Promise<void> {
  await page.locator('main h1').waitFor({ timeout: 45_000 });
  const waiting = page.locator('main').getByText(/^(One moment …|잠시만 기다려 주십시오 …)$/);
  await waiting.first().waitFor({ state: 'hidden', timeout: 45_000 });
}

export { expect };
