// Numbers as people write them. What is kept is a decimal string exactly as written, 76.70 and not 76.7; what could be
// meant by something else is offered and never guessed.

/** What stands before the decimals. */
export type Sign = 'point' | 'comma';

export type Written =
  | { kind: 'empty' }
  | { kind: 'value'; value: string }
  /** It may mean one of these. */
  | { kind: 'offer'; offers: string[] }
  | { kind: 'wrong' };

const decimal = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?$/;

/** Whether it is a decimal string as the node takes it. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/** What the numbers of a row are of: where they are no shares, a percent sign says that another unit was meant. */
export type Unit = 'percent' | 'other';

/** '1 234,50 %' is 1234.50 where a comma stands before the decimals; null where it is no number so. */
export function asDecimal(text: string, sign: Sign, unit: Unit): string | null {
  let bare = text.trim().replace(/\s/gu, ' ').replace(/’/g, "'").replace(/^[−–]/, '-');
  if (bare.endsWith('%')) {
    if (unit !== 'percent') return null;
    bare = bare.slice(0, -1).trimEnd();
  }
  const [point, group] = sign === 'point' ? ['.', ','] : [',', '.'];
  const halves = bare.split(point);
  if (halves.length > 2) return null;
  let whole = halves[0] ?? '';
  const part = halves[1];
  for (const mark of [' ', "'", group]) {
    if (!whole.includes(mark)) continue;
    if (!new RegExp(`^-?[0-9]{1,3}([${mark}][0-9]{3})+$`).test(whole)) return null;
    whole = whole.split(mark).join('');
  }
  if (whole === '' || whole === '-') whole += '0';
  const value = part === undefined ? whole : `${whole}.${part}`;
  return (part === undefined || part !== '') && /[0-9]/.test(bare) && isDecimal(value) ? value : null;
}

export function readWritten(text: string, unit: Unit): Written {
  const bare = text.trim();
  if (bare === '') return { kind: 'empty' };
  if (isDecimal(bare)) return { kind: 'value', value: bare };
  const offers = new Set<string>();
  for (const sign of ['comma', 'point'] as const) {
    const value = asDecimal(bare, sign, unit);
    if (value !== null) offers.add(value);
  }
  return offers.size > 0 ? { kind: 'offer', offers: [...offers] } : { kind: 'wrong' };
}

/** What stands before the decimals in these texts, as far as they show; a point where nothing does. */
export function signOf(texts: Iterable<string>): Sign {
  for (const text of texts) {
    const comma = asDecimal(text, 'comma', 'percent');
    const point = asDecimal(text, 'point', 'percent');
    if (comma !== null && point === null) return 'comma';
    if (point !== null && comma === null) return 'point';
  }
  return 'point';
}
