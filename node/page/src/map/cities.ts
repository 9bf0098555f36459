// What the map and the list beside it show of a city. Pure.
import type { Place } from './spots';

export type Mark = 'city' | 'followed' | 'own';

export interface CityHere {
  slug: string;
  name: string;
  country: string;
  mark: Mark;
  /** Where its country is on the drawing; null: it is too small to be on it, or not known. */
  at: Place | null;
}
export type CityOnMap = CityHere & { at: Place };

/** The shape of a mark around a place, as the 'd' of a path: a disc, a diamond, a square, alike in size. */
export function shapeOf(mark: Mark, { x, y }: Place, half: number): string {
  if (mark === 'followed') {
    const far = half * 1.25;
    return `M${x} ${y - far}l${far} ${far}l${-far} ${far}l${-far} ${-far}z`;
  }
  if (mark === 'own') {
    const side = half * 0.9;
    return `M${x - side} ${y - side}h${side * 2}v${side * 2}h${side * -2}z`;
  }
  return `M${x - half} ${y}a${half} ${half} 0 1 0 ${half * 2} 0a${half} ${half} 0 1 0 ${half * -2} 0z`;
}
