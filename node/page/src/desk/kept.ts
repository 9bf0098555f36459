// What was typed and is not in the node's draft yet, kept on this machine so that nothing is lost.
import type { Columns } from './columns';

export type Typed = Record<string, Columns>;

// By the city and the account, since several people may use one machine.
const name = (whose: string, year: number) => `hansa-typed/${whose}/${year}`;

export function keptOf(whose: string, year: number): Typed {
  try {
    return JSON.parse(localStorage.getItem(name(whose, year)) ?? '{}') as Typed;
  } catch {
    return {};
  }
}
export function keep(whose: string, year: number, typed: Typed): void {
  try {
    if (Object.keys(typed).length === 0) localStorage.removeItem(name(whose, year));
    else localStorage.setItem(name(whose, year), JSON.stringify(typed));
  } catch {
    // A browser that keeps nothing: the page itself still holds it.
  }
}
