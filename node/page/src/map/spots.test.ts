import { describe, expect, it } from 'vitest';

import { nextBy, spread, viewOf } from './spots';
import { height, width, world } from './world';

const whole = { width: 960, height: 480 };

describe('the part of the world that is shown', () => {
  it('is all of it where nothing was chosen', () => {
    expect(viewOf([], whole)).toEqual({ x: 0, y: 0, ...whole });
  });
  it('has all that was chosen in it, in the proportions of the whole', () => {
    const view = viewOf([{ left: 400, top: 100, right: 420, bottom: 130 }], whole);
    expect(view.width / view.height).toBeCloseTo(2);
    expect(view.x).toBeLessThan(400);
    expect(view.x + view.width).toBeGreaterThan(420);
    expect(view.y).toBeLessThan(100);
    expect(view.y + view.height).toBeGreaterThan(130);
  });
  it('never leaves the drawing', () => {
    const view = viewOf([{ left: 0, top: 0, right: 30, bottom: 10 }, { left: 900, top: 440, right: 960, bottom: 480 }], whole);
    expect(view).toEqual({ x: 0, y: 0, ...whole });
  });
});

describe('the dots', () => {
  const at = { x: 100, y: 100 };
  it('stand beside each other where they have one place', () => {
    const spots = spread(Array.from({ length: 200 }, () => ({ at })), 10).map((one) => one.spot);
    expect(spots[0]).toEqual(at);
    for (const [index, one] of spots.entries()) {
      for (const other of spots.slice(index + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(9.9);
    }
    // Two hundred in a circle, not in a row.
    expect(Math.max(...spots.map((one) => Math.hypot(one.x - 100, one.y - 100)))).toBeLessThan(100);
  });
  it('leave room for those of the country beside', () => {
    const spots = spread([{ at }, { at: { x: 104, y: 100 } }], 10).map((one) => one.spot);
    expect(Math.hypot(spots[1]!.x - spots[0]!.x, spots[1]!.y - spots[0]!.y)).toBeGreaterThanOrEqual(9.99);
  });
  it('are gone through by the arrow keys', () => {
    const spots = [at, { x: 120, y: 102 }, { x: 300, y: 100 }, { x: 100, y: 40 }];
    expect(nextBy('ArrowRight', spots, 0)).toBe(1);
    expect(nextBy('ArrowRight', spots, 1)).toBe(2);
    expect(nextBy('ArrowUp', spots, 0)).toBe(3);
    expect(nextBy('ArrowDown', spots, 0)).toBe(-1);
    expect(nextBy('Enter', spots, 0)).toBe(-1);
  });
});

describe('the world', () => {
  it('has countries where they are', () => {
    const { countries, land, borders } = world();
    const of = (alpha3: string) => countries.get(alpha3)!.centre;
    expect(countries.size).toBeGreaterThan(165);
    expect(land.length).toBeGreaterThan(10_000);
    expect(borders.length).toBeGreaterThan(10_000);
    expect(of('GBR').x).toBeLessThan(of('FIN').x);
    expect(of('FIN').x).toBeLessThan(of('KOR').x);
    expect(of('FIN').y).toBeLessThan(of('GBR').y);
    // Not in the Atlantic, where the middle of all that is French would be.
    expect(of('FRA').x).toBeGreaterThan(of('GBR').x);
    for (const { centre } of countries.values()) {
      expect(centre.x > 0 && centre.x < width && centre.y > 0 && centre.y < height).toBe(true);
    }
  });
  it('does not make up what is too small for it', () => {
    expect(world().countries.has('SGP')).toBe(false);
  });
});
