import { describe, expect, it } from 'vitest';

import { placeAfter } from './moves';

const size = { row: 3, column: 2 };
const at = { row: 1, column: 0 };
const whole = { start: 0, end: 4, length: 4 };
const inside = { start: 2, end: 2, length: 4 };
const end = { start: 4, end: 4, length: 4 };

describe('a key in a table of fields', () => {
  it('goes down and up the column', () => {
    expect(placeAfter('Enter', false, at, size, inside)).toEqual({ row: 2, column: 0 });
    expect(placeAfter('Enter', true, at, size, inside)).toEqual({ row: 0, column: 0 });
    expect(placeAfter('ArrowDown', false, at, size, inside)).toEqual({ row: 2, column: 0 });
    expect(placeAfter('ArrowUp', false, at, size, inside)).toEqual({ row: 0, column: 0 });
  });
  it('stays at the edges', () => {
    expect(placeAfter('ArrowUp', false, { row: 0, column: 0 }, size, inside)).toBeNull();
    expect(placeAfter('Enter', false, { row: 2, column: 0 }, size, inside)).toBeNull();
    expect(placeAfter('ArrowLeft', false, at, size, whole)).toBeNull();
  });
  it('leaves a field sideways only where its text ends', () => {
    expect(placeAfter('ArrowRight', false, at, size, inside)).toBeNull();
    expect(placeAfter('ArrowRight', false, at, size, end)).toEqual({ row: 1, column: 1 });
    expect(placeAfter('ArrowRight', false, at, size, whole)).toEqual({ row: 1, column: 1 });
    expect(placeAfter('ArrowLeft', false, { row: 1, column: 1 }, size, whole)).toEqual({ row: 1, column: 0 });
  });
  it('is the own key of the field otherwise', () => {
    expect(placeAfter('a', false, at, size, end)).toBeNull();
    expect(placeAfter('ArrowDown', true, at, size, end)).toBeNull();
  });
});
