import { describe, expect, it } from 'vitest';

import { axisOf, plotOf, roundAbove, type Series } from './plot';

const size = { width: 120, height: 120, left: 10, right: 10, top: 10, bottom: 10 };
const point = (year: number, value: string, apart = false) => ({ year, value, apart });
const series = (points: Series['points'], more: Partial<Series> = {}): Series => ({
  points,
  least: '0',
  greatest: '100',
  ...more,
});

describe('the axis', () => {
  it('spans what the row allows', () => {
    expect(axisOf([80, 90], '0', '100')).toEqual([0, 100]);
    expect(axisOf([3], '1', '5')).toEqual([1, 3]);
    expect(axisOf([3.2], '1', '5')).toEqual([1, 5]);
  });
  it('ends above the values where they all lie in its lower half', () => {
    expect(axisOf([3.1, 4.2], '0', '100')).toEqual([0, 5]);
    expect(axisOf([0], '0', '')).toEqual([0, 1]);
  });
  it('has round numbers', () => {
    expect([3, 12, 21, 26, 0.07, 100].map(roundAbove).map((value) => Number(value.toPrecision(3)))).toEqual([
      5, 20, 25, 50, 0.1, 100,
    ]);
  });
});

describe('a chart of a series', () => {
  it('joins values that may be compared, and no others', () => {
    const plot = plotOf(
      series([point(2020, '80'), point(2021, '90'), point(2022, '70', true), point(2023, '75')]),
      size,
    )!;
    expect(plot.dots.map((dot) => dot.value)).toEqual(['80', '90', '70', '75']);
    expect(plot.lines).toEqual(['M10 30L43.3 20', 'M76.7 40L110 35']);
  });
  it('leaves a gap where there is no value', () => {
    const plot = plotOf(series([point(2020, '80'), point(2021, ''), point(2022, '90')]), size)!;
    expect(plot.lines).toEqual([]);
    expect(plot.dots).toHaveLength(2);
    expect(plot.years.map((year) => year.text)).toEqual(['2020', '2022']);
  });
  it('shows the own target at its year', () => {
    const plot = plotOf(series([point(2020, '60')], { target: { year: 2030, value: '100' } }), size)!;
    expect(plot.target).toEqual({ x: 110, y: 10, from: 10, value: '100' });
  });
  it('keeps values as they were written and draws nothing without one', () => {
    expect(plotOf(series([point(2020, '76.70')]), size)!.dots[0]).toEqual({
      x: 60,
      y: 33.3,
      year: 2020,
      value: '76.70',
    });
    expect(plotOf(series([point(2020, '')]), size)).toBeNull();
  });
});
