import { describe, expect, it } from 'vitest';

import { guessColumns, guessSign, isBlock, planOf, readBlock } from './paste';

const shares = () => 'percent' as const;
const cells = ['1.1.1/a#male', '1.1.1/a#female', '1.1.1/a#total'];

describe('a block of a spreadsheet', () => {
  it('is read with quotes, line ends in fields and an empty last line', () => {
    expect(readBlock('1\t"a ""b""\nc"\r\n2\t\r\n\r\n')).toEqual([
      ['1', 'a "b"\nc'],
      ['2', ''],
    ]);
    expect(readBlock('')).toEqual([]);
  });
  it('is more than one value', () => {
    expect(isBlock('12.5\n')).toBe(false);
    expect(isBlock('12.5\n13')).toBe(true);
    expect(isBlock('12.5\tRegister')).toBe(true);
  });
  it('shows by itself what its columns hold', () => {
    expect(guessColumns(readBlock('1\n2'))).toEqual(['value']);
    expect(guessColumns(readBlock('Male\t1\nFemale\t2'))).toEqual(['none', 'value']);
    expect(guessColumns(readBlock('1\tRegister\n2\tRegister'))).toEqual(['value', 'source']);
    expect(guessColumns(readBlock('1.1.1/a#male\t3\n1.1.1/a#total\t4'))).toEqual(['cell', 'value']);
  });
  it('goes down the cells and leaves those of blank rows as they are', () => {
    const rows = readBlock('76,70\n\n80,1\n99');
    const columns = guessColumns(rows);
    expect(guessSign(rows, columns)).toBe('comma');
    expect(planOf(rows, columns, 'comma', cells, shares)).toEqual({
      fillings: [
        { cell: '1.1.1/a#male', fields: { value: '76.70' }, unread: '' },
        { cell: '1.1.1/a#total', fields: { value: '80.1' }, unread: '' },
      ],
      left: 1,
    });
  });
  it('goes to the cells that it names', () => {
    const plan = planOf(readBlock('1.1.1/a#total\t4\n9.9.9/z\t5'), ['cell', 'value'], 'point', cells, shares);
    expect(plan).toEqual({ fillings: [{ cell: '1.1.1/a#total', fields: { value: '4' }, unread: '' }], left: 1 });
  });
  it('keeps what its row cannot hold as it was typed, and takes nothing of it', () => {
    const rows = readBlock('95 %\n12 34\n12 345');
    const plan = planOf(rows, ['value'], 'point', cells, () => 'other');
    expect(plan.fillings.map((filling) => filling.unread)).toEqual(['95 %', '12 34', '']);
    expect(plan.fillings[2]?.fields).toEqual({ value: '12345' });
    expect(planOf(rows, ['value'], 'point', cells, shares).fillings[0]?.fields).toEqual({ value: '95' });
  });
  it('says what is no number and takes nothing of that row', () => {
    const plan = planOf(readBlock('n/a\tRegister\n5\tRegister'), ['value', 'source'], 'point', cells, shares);
    expect(plan.fillings[0]).toEqual({ cell: '1.1.1/a#male', fields: { source: 'Register' }, unread: 'n/a' });
    expect(plan.fillings[1]).toEqual({
      cell: '1.1.1/a#female',
      fields: { value: '5', source: 'Register' },
      unread: '',
    });
  });
});
