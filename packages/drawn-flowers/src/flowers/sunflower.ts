/** A sunflower: three rings of pointed petals around a disc that takes half of the flower. */

import { lit, mixed, PETALS, type PetalColour, pick, varied } from "../palette.js";
import { turned } from "../raster/affine.js";
import type { Colour } from "../raster/canvas.js";
import { drawDisc } from "./disc.js";
import type { FlowerContext } from "./flower.js";
import { drawPetal } from "./petal.js";

export const SUNFLOWER_COLOURS: readonly PetalColour[] = [
  "yellow",
  "yellow",
  "gold",
  "orange",
  "cream",
  "crimson",
];

const DISCS: readonly Colour[] = [
  [0.3, 0.18, 0.08],
  [0.22, 0.12, 0.07],
  [0.46, 0.3, 0.1],
  [0.62, 0.48, 0.14],
];

export function drawSunflower(context: FlowerContext): void {
  const { canvas, random, frame, colour, light } = context;
  const petals = 14 + random.integer(6);
  const disc = random.uniformIn(0.46, 0.58);
  const turn = random.uniformIn(0, 2 * Math.PI);
  const foot = mixed(colour, PETALS.orange, random.uniformIn(0.1, 0.6));
  for (const ring of [2, 1, 0]) {
    for (let i = 0; i < petals; i++) {
      const angle = turn + ((i + ring / 3 + random.uniformIn(-0.2, 0.2)) * 2 * Math.PI) / petals;
      const own = varied(random, lit(colour, 1 - 0.12 * ring + 0.07 * Math.cos(angle - light)), 0.03);
      drawPetal(
        canvas,
        turned(frame, angle),
        {
          length: random.uniformIn(0.93, 1.05),
          width: random.uniformIn(0.105, 0.14),
          foot: 0.6,
          belly: random.uniformIn(0.55, 0.64),
          tip: random.uniformIn(1.1, 1.4),
          bend: random.uniformIn(-0.12, 0.12),
        },
        { foot: lit(foot, 0.85), tip: own, shade: 0.55, slant: Math.sin(light - angle), veins: 0.07 },
      );
    }
  }
  const outer = pick(random, DISCS);
  const inner = mixed(lit(outer, 0.55), [0.45, 0.5, 0.2], random.uniformIn(0, 0.7));
  drawDisc(context, { radius: disc, inner, outer, florets: 260 });
}
