// What is looked for on a page, whatever it shows: barriers, the other language, and what the keyboard cannot reach.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Page } from '@playwright/test';

import { root } from './views';

const axe = readFileSync(join(dirname(require.resolve('axe-core')), 'axe.min.js'), 'utf8');

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe-core finds serious or critical, in words, once what is moving has come to rest: half-way through, colours are no one's. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(async (one) => one.finished));
  });
  await page.evaluate(`${axe}; void 0`);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: unknown) => Promise<{ violations: Violation[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  });
  return found
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) => violation.nodes.map((one) => `${violation.id} at ${one.target.join(' ')}: ${one.failureSummary}`));
}

/** Sentences of the page that a page in Korean still says in English. */
export async function englishOn(page: Page): Promise<string[]> {
  const rows = JSON.parse(readFileSync(join(root, 'node/words/page.json'), 'utf8')) as { en: string; ko: string }[];
  const keys = rows.filter((row) => row.en !== row.ko && /[a-z]{2}/.test(row.en)).map((row) => row.en);
  const shown = await page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!parent || parent.closest('[lang=en], script, style, code, .prose, td, option')) continue;
      texts.push(walker.currentNode.textContent?.trim() ?? '');
    }
    for (const one of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      if (one.closest('[lang=en]')) continue;
      for (const name of ['aria-label', 'placeholder', 'title']) texts.push(one.getAttribute(name) ?? '');
    }
    return texts.filter(Boolean);
  });
  // A sentence that is all place would fit anything.
  const sayable = keys.filter((key) => key.replace(/\{\d\}|\W/g, '').length > 2);
  const whole = new Set(sayable);
  const patterns = sayable
    .filter((key) => /\{\d\}/.test(key))
    .map((key) => new RegExp(`^${key.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d\}/g, '.+')}$`));
  return shown.filter((text) => whole.has(text) || patterns.some((pattern) => pattern.test(text)));
}

/** Walks over the page by Tab; returns what can be acted on and was not reached, or was reached and did not show it. */
export async function unreached(page: Page): Promise<string[]> {
  const count = await page.evaluate(() => {
    const can = 'a[href], button, input, select, textarea, summary, [contenteditable=true], [tabindex]:not([tabindex="-1"])';
    const radios = new Set<string>();
    let number = 0;
    for (const one of document.querySelectorAll<HTMLElement>(can)) {
      const box = one.getBoundingClientRect();
      if ((one as HTMLButtonElement).disabled || one.closest('fieldset:disabled, [inert], dialog:not([open])')) continue;
      // Within closed details there is a box, and nothing to be seen.
      if (box.width === 0 || !one.checkVisibility({ visibilityProperty: true }) || one.tabIndex < 0) continue;
      if (one instanceof HTMLInputElement && one.type === 'radio') {
        // Of a group Tab reaches one; arrows reach the others.
        if (radios.has(one.name)) continue;
        radios.add(one.name);
        const chosen = document.querySelector<HTMLElement>(`input[type=radio][name="${CSS.escape(one.name)}"]:checked`) ?? one;
        chosen.dataset['walk'] = String(number++);
        continue;
      }
      one.dataset['walk'] = String(number++);
    }
    (document.activeElement as HTMLElement | null)?.blur();
    return number;
  });
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let step = 0; step < count * 2 + 10 && reached.size < count; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const one = document.activeElement as HTMLElement | null;
      if (!one || one === document.body) return null;
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const shows = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || one.matches(':focus-within .seen-by-parent');
      return { walk: one.dataset['walk'] ?? '', shows, isThere: box.width > 0, what: one.outerHTML.slice(0, 120) };
    });
    if (!at) continue;
    if (at.walk && !reached.has(at.walk) && (!at.shows || !at.isThere)) unseen.push(`no focus to be seen: ${at.what}`);
    if (at.walk) reached.add(at.walk);
  }
  const left = await page.evaluate(
    (seen) =>
      [...document.querySelectorAll<HTMLElement>('[data-walk]')]
        .filter((one) => !seen.includes(one.dataset['walk'] ?? ''))
        .map((one) => `not reached by Tab: ${one.outerHTML.slice(0, 120)}`),
    [...reached],
  );
  return [...unseen, ...left];
}
