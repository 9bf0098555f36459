// Where a key leads in a table of fields, as in a spreadsheet.

export interface Place {
  row: number;
  column: number;
}
export interface Caret {
  start: number;
  end: number;
  length: number;
}

/**
 * The place that the key leads to; null: the key is the field's own. Enter and the arrows go down and up the column;
 * left and right leave a field only where its text ends.
 */
export function placeAfter(key: string, shift: boolean, at: Place, size: Place, caret: Caret): Place | null {
  const to = (row: number, column: number) =>
    row >= 0 && row < size.row && column >= 0 && column < size.column ? { row, column } : null;
  if (key === 'Enter') return to(at.row + (shift ? -1 : 1), at.column);
  if (shift) return null;
  if (key === 'ArrowDown') return to(at.row + 1, at.column);
  if (key === 'ArrowUp') return to(at.row - 1, at.column);
  const all = caret.start === 0 && caret.end === caret.length;
  if (key === 'ArrowLeft' && (all || (caret.start === 0 && caret.end === 0))) return to(at.row, at.column - 1);
  if (key === 'ArrowRight' && (all || (caret.start === caret.length && caret.end === caret.length))) {
    return to(at.row, at.column + 1);
  }
  return null;
}
