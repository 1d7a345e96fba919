// Where the grey patches of an occlusion map lie.

export interface Patch {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** A patch's side as a share of the photo's shorter side. */
const SIDE = 0.25;
/** From patch to patch, as a share of a patch's side: each place is covered several times. */
const STRIDE = 0.5;

/**
 * Square patches in rows from the top left, evenly spread so that they reach every edge; neighbours are at most half
 * a side apart. `width` and `height` are pixels.
 */
export function patchesOf(width: number, height: number): readonly Patch[] {
  const side = Math.max(1, Math.round(Math.min(width, height) * SIDE));
  const across = startsOf(width, side);
  return startsOf(height, side).flatMap((y) => across.map((x) => ({ x, y, side })));
}

function startsOf(length: number, side: number): readonly number[] {
  const room = length - side;
  const steps = Math.ceil(room / (side * STRIDE));
  return Array.from({ length: steps + 1 }, (_, step) =>
    steps === 0 ? 0 : Math.round((room * step) / steps),
  );
}
