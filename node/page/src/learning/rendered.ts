// Markdown as the node makes it safe to be shown. Texts that are asked for at the same moment go in one question.
import { node } from '../lib/node';

const atOnce = 100;
const known = new Map<string, Promise<string>>();
interface Wish {
  text: string;
  granted: (html: string) => void;
  refused: (error: unknown) => void;
}
let wishes: Wish[] = [];

async function ask(): Promise<void> {
  const asked = wishes.splice(0, atOnce);
  if (wishes.length > 0) setTimeout(ask, 0);
  try {
    const reply = await node.renderMarkdown({ texts: asked.map((wish) => wish.text) });
    asked.forEach((wish, index) => wish.granted(reply.html[index] ?? ''));
  } catch (error) {
    for (const wish of asked) {
      known.delete(wish.text);
      wish.refused(error);
    }
  }
}

/** The HTML of a text. It holds nothing but what the node made safe. */
export function htmlOf(text: string): Promise<string> {
  if (!text.trim()) return Promise.resolve('');
  const before = known.get(text);
  if (before) return before;
  if (known.size > 500) known.clear();
  const html = new Promise<string>((granted, refused) => {
    wishes.push({ text, granted, refused });
    if (wishes.length === 1) setTimeout(ask, 0);
  });
  known.set(text, html);
  return html;
}
