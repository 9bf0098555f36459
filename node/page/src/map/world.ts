// The world as a drawing: shapes of land and countries from world-atlas (Natural Earth, 1:110 million), in an equal-area
// projection. Where a country is on it; never where a city is, which nobody has said.
import { geoArea, geoEqualEarth, geoPath } from 'd3-geo';
import codes from 'i18n-iso-countries/codes.json';
import { feature, merge, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';

import type { Box, Place } from './spots';

export const width = 960;
export const height = 480;

export interface World {
  land: string;
  borders: string;
  /** By ISO 3166-1 alpha-3; countries too small for a drawing of the world are not among them. */
  countries: ReadonlyMap<string, { centre: Place; box: Box }>;
}

type Polygon = { type: 'Polygon'; coordinates: [number, number][][] };

/** The largest piece of a country: what is overseas would move its middle into the sea. */
function mainland(geometry: GeoJSON.Geometry): Polygon | null {
  const pieces =
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  const polygons = pieces.map((coordinates) => ({ type: 'Polygon', coordinates }) as Polygon);
  return polygons.reduce<Polygon | null>((most, one) => (most && geoArea(most) >= geoArea(one) ? most : one), null);
}

function draw(): World {
  const topology = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const antarctica = '010';
  const all = topology.objects.countries;
  const shown = { ...all, geometries: all.geometries.filter((one) => one.id !== antarctica) };
  const pieces = shown.geometries as Parameters<typeof merge>[1];
  const land = merge(topology, pieces);
  // Cut through the Bering Strait rather than through Russia.
  const path = geoPath(geoEqualEarth().rotate([-11, 0]).fitSize([width, height], land)).digits(2);
  const letters = new Map((codes as string[][]).map(([, alpha3, numeric]) => [numeric, alpha3 ?? '']));
  const countries = new Map<string, { centre: Place; box: Box }>();
  for (const one of feature(topology, shown).features) {
    const main = mainland(one.geometry);
    const alpha3 = letters.get(String(one.id));
    if (!main || !alpha3) continue;
    const [x, y] = path.centroid(main);
    const [[left, top], [right, bottom]] = path.bounds(main);
    countries.set(alpha3, { centre: { x, y }, box: { left, top, right, bottom } });
  }
  return { land: path(land) ?? '', borders: path(mesh(topology, shown, (a, b) => a !== b)) ?? '', countries };
}

let drawn: World | null = null;
export function world(): World {
  drawn ??= draw();
  return drawn;
}
