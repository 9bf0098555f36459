// Where everything on a small chart of one city's own series stands. Values are text; they become numbers for the
// drawing alone.

export interface Point {
  year: number;
  /** Decimal string; empty: there is no value for the year. */
  value: string;
  /** It cannot be compared with the value before it: no line joins them. */
  apart: boolean;
}
export interface Series {
  points: readonly Point[];
  /** The range that the values of the row may have; empty: none. */
  least: string;
  greatest: string;
  /** What the city itself means to reach. */
  target?: { year: number; value: string } | undefined;
  /** What began in a year. */
  marks?: readonly { year: number; text: string }[];
}
export interface Size {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}
export interface Plot {
  dots: { x: number; y: number; year: number; value: string }[];
  /** One for each stretch of values that may be joined, as the 'd' of a path. */
  lines: string[];
  levels: { y: number; text: string }[];
  years: { x: number; text: string }[];
  target: { x: number; y: number; from: number; value: string } | null;
  marks: { x: number; text: string }[];
}

/** The least round number that is not below `value`, which is above 0. */
export function roundAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 2.5, 5, 10]) if (value <= step * power * (1 + 1e-9)) return step * power;
  return 10 * power;
}

/**
 * The ends of the axis: it begins with the least that the row allows, and ends with the greatest unless all values lie
 * in the lower half of that, where a rate of 4 % would show nothing.
 */
export function axisOf(values: readonly number[], least: string, greatest: string): [number, number] {
  const low = Math.min(...values, least === '' ? Infinity : Number(least), ...(least === '' ? [0] : []));
  const most = Math.max(...values);
  if (greatest !== '') {
    const top = Number(greatest);
    if (most > (low + top) / 2) return [low, Math.max(top, most)];
  }
  const span = most - low;
  return [low, span > 0 ? low + roundAbove(span) : low + 1];
}

const short = (value: number) => String(Number(value.toPrecision(6)));

/** Null where there is no value to draw. */
export function plotOf(series: Series, size: Size): Plot | null {
  const valued = series.points.filter((point) => point.value !== '');
  if (valued.length === 0) return null;
  const target = series.target;
  const numbers = [...valued.map((point) => Number(point.value)), ...(target ? [Number(target.value)] : [])];
  const [low, high] = axisOf(numbers, series.least, series.greatest);
  const known = [...series.points.map((point) => point.year), ...(target ? [target.year] : [])];
  const first = Math.min(...known);
  const last = Math.max(...known);
  const across = size.width - size.left - size.right;
  const down = size.height - size.top - size.bottom;
  const round = (place: number) => Math.round(place * 10) / 10;
  const x = (year: number) =>
    round(size.left + (last === first ? across / 2 : ((year - first) / (last - first)) * across));
  const y = (value: number) => round(size.top + down - ((value - low) / (high - low)) * down);

  const dots: Plot['dots'] = [];
  const lines: string[] = [];
  let stretch: string[] = [];
  const end = () => {
    if (stretch.length > 1) lines.push(`M${stretch.join('L')}`);
    stretch = [];
  };
  for (const point of series.points) {
    if (point.value === '' || point.apart) end();
    if (point.value === '') continue;
    const dot = { x: x(point.year), y: y(Number(point.value)), year: point.year, value: point.value };
    dots.push(dot);
    stretch.push(`${dot.x} ${dot.y}`);
  }
  end();
  const years = [...new Set([first, last])].map((year) => ({ x: x(year), text: String(year) }));
  return {
    dots,
    lines,
    levels: [low, high].map((value) => ({ y: y(value), text: short(value) })),
    years,
    target: target
      ? { x: x(target.year), y: y(Number(target.value)), from: dots.at(-1)?.x ?? size.left, value: target.value }
      : null,
    marks: (series.marks ?? [])
      .filter((mark) => mark.year >= first && mark.year <= last)
      .map((mark) => ({ x: x(mark.year), text: mark.text })),
  };
}
