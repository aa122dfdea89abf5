// The world and where regions lie on it. Geometry is bundled (Natural Earth through world-atlas, public domain); nothing is fetched.
import { geoInterpolate, geoNaturalEarth1, geoPath } from 'd3-geo';
import type { MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import land110 from 'world-atlas/land-110m.json';

export interface MapSize {
  readonly width: number;
  readonly height: number;
}
export type Point = readonly [x: number, y: number];

export interface WorldMap {
  /** The land as one path. */
  readonly land: string;
  readonly project: (lon: number, lat: number) => Point | null;
  /** The shortest way over the globe, as a path. */
  readonly arc: (from: Point, to: Point) => string;
}

/** What the map is fitted to: from Alaska to New Zealand, without the poles. */
const FRAME: GeoJSON.MultiPoint = {
  type: 'MultiPoint',
  coordinates: [
    [-134, 40],
    [158, -30],
    [0, 72],
    [0, -46],
  ],
};
/** Antarctica has no region of anybody. */
const SOUTH = -58;

const polygons = (): MultiPolygon => {
  const topology = land110 as unknown as Parameters<typeof feature>[0];
  const object = topology.objects['land'];
  if (!object) return { type: 'MultiPolygon', coordinates: [] };
  const shape = feature(topology, object);
  const list = shape.type === 'FeatureCollection' ? shape.features : [shape];
  const coordinates = list.flatMap(({ geometry }) =>
    geometry.type === 'MultiPolygon'
      ? (geometry as MultiPolygon).coordinates
      : geometry.type === 'Polygon'
        ? [(geometry as Polygon).coordinates]
        : [],
  );
  return {
    type: 'MultiPolygon',
    coordinates: coordinates.filter((poly) => !poly[0]?.every(([, lat]) => (lat ?? 0) < SOUTH)),
  };
};

/** A map of the given size in its own units. Natural Earth I, d3-geo. */
export function worldMap({ width, height }: MapSize): WorldMap {
  const projection = geoNaturalEarth1().fitExtent(
    [
      [8, 10],
      [width - 8, height - 6],
    ],
    FRAME,
  );
  const path = geoPath(projection).digits(1);
  const project = (lon: number, lat: number): Point | null => projection([lon, lat]);
  return {
    land: path(polygons()) ?? '',
    project,
    arc: (from, to) => {
      const at = geoInterpolate([from[0], from[1]], [to[0], to[1]]);
      const points = Array.from({ length: 25 }, (_, i) => projection(at(i / 24)))
        .filter((p) => p !== null)
        .map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`);
      return points.length ? `M${points.join('L')}` : '';
    },
  };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Labelled {
  readonly key: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const crosses = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/**
 * Where each label stands: right, left, above, below its mark and at the corners, the first place that crosses no other label, no
 * mark and no edge. One without such a place gets none; the list beside the map has every name. `wanted` is in order of weight.
 * The result's x and y are the left end of the text's base line.
 */
export function placeLabels(
  wanted: readonly Labelled[],
  marks: readonly { readonly x: number; readonly y: number; readonly size: number }[],
  size: MapSize,
  font: number,
): readonly (Labelled & { readonly box: Box })[] {
  const taken: Box[] = marks.map((m) => ({
    x: m.x - m.size / 2,
    y: m.y - m.size / 2,
    width: m.size,
    height: m.size,
  }));
  // Clear of the label's own mark, however large marks are drawn.
  const gap = Math.max(8, ...marks.map((m) => m.size / 2 + 2));
  const placed: (Labelled & { box: Box })[] = [];
  for (const one of wanted) {
    const width = one.text.length * font * 0.52 + 2;
    const height = font * 1.1;
    const corners: readonly Point[] = [
      [one.x + gap, one.y - height / 2],
      [one.x - gap - width, one.y - height / 2],
      [one.x - width / 2, one.y - gap - height],
      [one.x - width / 2, one.y + gap],
      [one.x + gap / 2, one.y - gap - height],
      [one.x + gap / 2, one.y + gap],
      [one.x - gap / 2 - width, one.y - gap - height],
      [one.x - gap / 2 - width, one.y + gap],
    ];
    const box = corners
      .map(([x, y]): Box => ({ x, y, width, height }))
      .find(
        (b) =>
          b.x >= 1 &&
          b.y >= 1 &&
          b.x + b.width <= size.width - 1 &&
          b.y + b.height <= size.height - 1 &&
          !taken.some((t) => crosses(t, b)),
      );
    if (!box) continue;
    taken.push(box);
    placed.push({ ...one, x: box.x, y: box.y + height * 0.8, box });
  }
  return placed;
}
