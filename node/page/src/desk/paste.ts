// A block of a spreadsheet, as its clipboard gives it, and what it would fill. Nothing is filled before a person has
// seen it.
import { asDecimal, signOf, type Sign, type Unit } from './written';

export type Taken = 'value' | 'source' | 'note' | 'cell' | 'none';

export interface Filling {
  cell: string;
  fields: Record<string, string>;
  /** What stood in the block and is no number; then the row is not taken. */
  unread: string;
}
export interface PastePlan {
  fillings: Filling[];
  /** Rows of the block below the last cell, or of cells that there are not here. */
  left: number;
}

/** Rows and columns of tab-separated text; a field in quotes may hold tabs, line ends and doubled quotes. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const plain = text.replace(/\r\n?/g, '\n');
  for (let at = 0; at < plain.length; at += 1) {
    const char = plain[at] as string;
    if (quoted) {
      if (char !== '"') field += char;
      else if (plain[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === '\t' || char === '\n') {
      row.push(field.trim());
      field = '';
      if (char === '\n') {
        rows.push(row);
        row = [];
      }
    } else field += char;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field.trim()]);
  while (rows.length > 0 && rows.at(-1)?.every((each) => each === '')) rows.pop();
  return rows;
}

/** Whether it is more than one value, so that it goes down the cells. */
export function isBlock(text: string): boolean {
  return /[\t\n\r]/.test(text.trim());
}

function columnOf(rows: string[][], column: number): string[] {
  return rows.map((row) => row[column] ?? '').filter((text) => text !== '');
}
const looksLikeNumber = (text: string) =>
  (['point', 'comma'] as const).some((sign) => asDecimal(text, sign, 'percent') !== null);
const looksLikeCell = (text: string) => /^[0-9]+(\.[0-9]+)+\/[a-z0-9-]+(#[a-z0-9-]+)?$/.test(text);

/** What each column of the block seems to hold; a person may change it. */
export function guessColumns(rows: string[][]): Taken[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const guessed: Taken[] = Array.from({ length: width }, () => 'none');
  const most = (column: number, like: (text: string) => boolean) => {
    const texts = columnOf(rows, column);
    return texts.length > 0 && texts.filter(like).length * 2 > texts.length;
  };
  for (let column = 0; column < width; column += 1) {
    if (!guessed.includes('cell') && !guessed.includes('value') && most(column, looksLikeCell))
      guessed[column] = 'cell';
    else if (!guessed.includes('value') && most(column, looksLikeNumber)) guessed[column] = 'value';
    else if (guessed.includes('value') && !guessed.includes('source') && columnOf(rows, column).length > 0) {
      guessed[column] = 'source';
    }
  }
  if (width > 0 && !guessed.includes('value') && !guessed.includes('cell')) guessed[0] = 'value';
  return guessed;
}

export function guessSign(rows: string[][], columns: Taken[]): Sign {
  const value = columns.indexOf('value');
  return signOf(value < 0 ? [] : columnOf(rows, value));
}

/** What the block would fill: down `cells` from the first, or the cells that it names; blank rows leave theirs as it is. */
export function planOf(
  rows: string[][],
  columns: Taken[],
  sign: Sign,
  cells: readonly string[],
  unitOf: (cell: string) => Unit,
): PastePlan {
  const plan: PastePlan = { fillings: [], left: 0 };
  const named = columns.indexOf('cell');
  for (const [index, row] of rows.entries()) {
    const text = (taken: Taken) => {
      const column = columns.indexOf(taken);
      return column < 0 ? '' : (row[column] ?? '');
    };
    const cell = named < 0 ? cells[index] : cells.find((each) => each === row[named]);
    if (row.every((each) => each === '')) continue;
    if (cell === undefined) {
      plan.left += 1;
      continue;
    }
    const filling: Filling = { cell, fields: {}, unread: '' };
    const written = text('value');
    const value = written === '' ? '' : asDecimal(written, sign, unitOf(cell));
    if (value === null) filling.unread = written;
    else if (value !== '') filling.fields['value'] = value;
    if (text('source') !== '') filling.fields['source'] = text('source');
    if (text('note') !== '') filling.fields['note'] = text('note');
    if (filling.unread !== '' || Object.keys(filling.fields).length > 0) plan.fillings.push(filling);
  }
  return plan;
}
