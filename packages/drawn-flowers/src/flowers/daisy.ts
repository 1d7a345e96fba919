/** A daisy: one or two rings of many narrow, blunt petals around a disc a third as wide as the flower. */

import { lit, mixed, type PetalColour, pick, varied } from "../palette.js";
import { turned } from "../raster/affine.js";
import type { Colour } from "../raster/canvas.js";
import { drawDisc } from "./disc.js";
import type { FlowerContext } from "./flower.js";
import { drawPetal } from "./petal.js";

export const DAISY_COLOURS: readonly PetalColour[] = ["white", "white", "cream", "pink", "lilac", "yellow"];

const DISCS: readonly Colour[] = [
  [0.93, 0.73, 0.13],
  [0.9, 0.62, 0.12],
  [0.7, 0.66, 0.2],
  [0.45, 0.27, 0.1],
];

export function drawDaisy(context: FlowerContext): void {
  const { canvas, random, frame, colour, light } = context;
  const petals = 15 + random.integer(11);
  const rings = 1 + random.integer(2);
  const disc = random.uniformIn(0.24, 0.33);
  const turn = random.uniformIn(0, 2 * Math.PI);
  const width = random.uniformIn(1.25, 1.7) / petals;
  for (let ring = rings; ring-- > 0; ) {
    for (const i of shuffled(petals, random.integer(petals))) {
      const angle = turn + ((i + ring / 2 + random.uniformIn(-0.16, 0.16)) * 2 * Math.PI) / petals;
      const own = lit(varied(random, colour, 0.02), 1 - 0.1 * ring + 0.06 * Math.cos(angle - light));
      drawPetal(
        canvas,
        turned(frame, angle),
        {
          length: random.uniformIn(0.92, 1) + 0.03 * ring,
          width: width * random.uniformIn(0.9, 1.1),
          foot: 0.45,
          belly: random.uniformIn(0.6, 0.75),
          tip: 0.42,
          bend: random.uniformIn(-0.06, 0.06),
        },
        { foot: lit(own, 0.9), tip: own, shade: 0.62, slant: Math.sin(light - angle), veins: 0.06 },
      );
    }
  }
  const middle = pick(random, DISCS);
  drawDisc(context, {
    radius: disc,
    inner: mixed(middle, [0.6, 0.62, 0.2], 0.35),
    outer: middle,
    florets: 90,
  });
}

/** Every other petal first, so that the second half lies upon the first. */
function shuffled(count: number, start: number): readonly number[] {
  const order = Array.from({ length: count }, (_, i) => (i + start) % count);
  return [...order.filter((_, i) => i % 2 === 0), ...order.filter((_, i) => i % 2 === 1)];
}
