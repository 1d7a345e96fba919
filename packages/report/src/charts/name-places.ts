// Where the names of a path's points stand.

import { textWidth } from "./text-width.js";

/** Pixels, from the left and from the top. */
export interface NamedPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Pixels of a name. */
const NAME_HEIGHT = 12;
/** Pixels from a point to its name, on the side that suits it; the first without anything there is taken. */
const DISTANCES = [12.5, -12.5, 25, -25, 37.5, -37.5];

/**
 * Puts names above the peaks of a path and below its dips, clear of the points and of each other.
 * @returns pixels from the top to the middle of each name, which stands above or below its point.
 */
export function namePlaces(points: readonly NamedPoint[]): readonly number[] {
  const taken = points.map(({ x, y, radius }): Box => ({ x, y, width: 2 * radius, height: 2 * radius }));
  return points.map(({ name, x, y }, index) => {
    const side = isPeak(points, index) ? -1 : 1;
    const places = DISTANCES.map((distance): Box => {
      return { x, y: y + side * distance, width: textWidth(name), height: NAME_HEIGHT };
    });
    const place = places.find((place) => !taken.some((other) => touch(place, other))) ?? places[0]!;
    taken.push(place);
    return place.y;
  });
}

/** `x` and `y` are its middle. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const touch = (one: Box, other: Box): boolean =>
  2 * Math.abs(one.x - other.x) < one.width + other.width &&
  2 * Math.abs(one.y - other.y) < one.height + other.height;

function isPeak(points: readonly NamedPoint[], index: number): boolean {
  const { y } = points[index]!;
  const neighbours = [points[index - 1] ?? points[index + 1], points[index + 1] ?? points[index - 1]];
  return neighbours.reduce((sum, neighbour) => sum + (neighbour?.y ?? y), 0) >= 2 * y;
}
