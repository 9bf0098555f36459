import { describe, expect, it } from 'vitest';

import { asDecimal, isDecimal, readWritten, signOf } from './written';

describe('a number as people write it', () => {
  it('stays as it was written', () => {
    expect(readWritten(' 76.70 ', 'percent')).toEqual({ kind: 'value', value: '76.70' });
    expect(readWritten('-0.5', 'percent')).toEqual({ kind: 'value', value: '-0.5' });
    expect(readWritten('', 'percent')).toEqual({ kind: 'empty' });
  });
  it('with a comma is offered with a point', () => {
    expect(readWritten('76,70', 'percent')).toEqual({ kind: 'offer', offers: ['76.70'] });
    expect(readWritten('1 234,5', 'percent')).toEqual({ kind: 'offer', offers: ['1234.5'] });
    expect(readWritten('95 %', 'percent')).toEqual({ kind: 'offer', offers: ['95'] });
  });
  it('has a percent sign only where the row is of shares', () => {
    expect(readWritten('95 %', 'other')).toEqual({ kind: 'wrong' });
    expect(asDecimal('95%', 'point', 'other')).toBeNull();
  });
  it('that may be two numbers is never guessed', () => {
    expect(readWritten('1,234', 'percent')).toEqual({ kind: 'offer', offers: ['1.234', '1234'] });
  });
  it('is refused where it is none', () => {
    for (const text of ['n/a', '-', '..', '1e5', '007', '1,23,4', '+5', '1.2.3', '%']) {
      expect(readWritten(text, 'percent'), text).toEqual({ kind: 'wrong' });
    }
  });
  it('keeps to the bounds of the node', () => {
    expect(isDecimal('123456789012345')).toBe(true);
    expect(isDecimal('1234567890123456')).toBe(false);
    expect(isDecimal('0.1234567890')).toBe(false);
  });
  it('has groups of three or none', () => {
    expect(asDecimal('1.234.567', 'comma', 'other')).toBe('1234567');
    expect(asDecimal("1'234.5", 'point', 'other')).toBe('1234.5');
    expect(asDecimal('12.34', 'comma', 'other')).toBeNull();
    expect(asDecimal('12 345', 'point', 'other')).toBe('12345');
    expect(asDecimal('12 34', 'point', 'other')).toBeNull();
    expect(asDecimal('1 2', 'point', 'other')).toBeNull();
    expect(asDecimal('12.3 4', 'point', 'other')).toBeNull();
    expect(asDecimal('−3', 'point', 'other')).toBe('-3');
    expect(asDecimal('.5', 'point', 'other')).toBe('0.5');
    expect(asDecimal('5.', 'point', 'other')).toBeNull();
  });
  it('shows the sign of its column where it can', () => {
    expect(signOf(['1.234', '76,7'])).toBe('comma');
    expect(signOf(['1,234', '76.7'])).toBe('point');
    expect(signOf(['12', ''])).toBe('point');
  });
});
