// Where the dots of a map go. Pure: from places to places that do not cover each other.

export interface Place {
  x: number;
  y: number;
}
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
export interface View {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of a drawing that shows all boxes with room around them, in the proportions of the whole. */
export function viewOf(boxes: readonly Box[], whole: { width: number; height: number }): View {
  if (boxes.length === 0) return { x: 0, y: 0, ...whole };
  const left = Math.min(...boxes.map((box) => box.left));
  const right = Math.max(...boxes.map((box) => box.right));
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const across = Math.max(right - left, ((bottom - top) * whole.width) / whole.height) * 1.3;
  const width = Math.min(across, whole.width);
  const height = (width * whole.height) / whole.width;
  const within = (at: number, most: number) => Math.max(0, Math.min(at, most));
  return {
    x: within((left + right - width) / 2, whole.width - width),
    y: within((top + bottom - height) / 2, whole.height - height),
    width,
    height,
  };
}

/** Places around a middle, nearest first, each `apart` from its neighbours: a honeycomb. */
function* honeycomb(middle: Place, apart: number): Generator<Place, never> {
  yield middle;
  for (let ring = 1; ; ring += 1) {
    for (let side = 0; side < 6; side += 1) {
      const [from, to] = [side, side + 2].map((corner) => (corner * Math.PI) / 3) as [number, number];
      for (let step = 0; step < ring; step += 1) {
        yield {
          x: middle.x + apart * (ring * Math.cos(from) + step * Math.cos(to)),
          y: middle.y + apart * (ring * Math.sin(from) + step * Math.sin(to)),
        };
      }
    }
  }
}

/** The same, in the same order, each at its place or beside it, none nearer to another than `apart`. */
export function spread<T extends { at: Place }>(all: readonly T[], apart: number): (T & { spot: Place })[] {
  const taken: Place[] = [];
  const isFree = (place: Place) =>
    taken.every((one) => Math.hypot(one.x - place.x, one.y - place.y) >= apart * 0.999);
  // What was taken around a middle stays taken: the next one there begins where the last one ended.
  const around = new Map<string, Generator<Place, never>>();
  return all.map((one) => {
    const middle = `${one.at.x} ${one.at.y}`;
    const places = around.get(middle) ?? honeycomb(one.at, apart);
    around.set(middle, places);
    let spot = places.next().value;
    while (!isFree(spot)) spot = places.next().value;
    taken.push(spot);
    return { ...one, spot };
  });
}

const ways: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The number of the one that an arrow key goes to from `from`: near, and rather ahead than aside; -1: there is none. */
export function nextBy(key: string, spots: readonly Place[], from: number): number {
  const way = ways[key];
  const here = spots[from];
  if (!way || !here) return -1;
  let best = -1;
  let least = Infinity;
  for (const [index, spot] of spots.entries()) {
    const [x, y] = [spot.x - here.x, spot.y - here.y];
    const ahead = x * way[0] + y * way[1];
    const aside = Math.abs(x * way[1]) + Math.abs(y * way[0]);
    if (index === from || ahead <= 0 || aside > ahead * 2) continue;
    const far = ahead + 2 * aside;
    if (far < least) [best, least] = [index, far];
  }
  return best;
}
