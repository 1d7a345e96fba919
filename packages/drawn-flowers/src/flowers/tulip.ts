/** A tulip from the side: a cup of six broad, pointed petals on its stem. */

import { lit, mixed, PETALS, type PetalColour, pick, varied } from "../palette.js";
import { moved, turned } from "../raster/affine.js";
import type { FlowerContext } from "./flower.js";
import { drawPetal, type PetalShape } from "./petal.js";

export const TULIP_COLOURS: readonly PetalColour[] = [
  "red",
  "yellow",
  "pink",
  "purple",
  "white",
  "orange",
  "magenta",
];

/** From the cup's foot upwards. */
const UP = -Math.PI / 2;

export function drawTulip({ canvas, random, frame, colour, light }: FlowerContext): void {
  const open = random.uniformIn(0.75, 1.45);
  const height = random.uniformIn(1.75, 2);
  const foot = mixed(
    colour,
    pick(random, [PETALS.yellow, PETALS.white, PETALS.crimson]),
    random.uniformIn(0, 0.45),
  );
  const cup = moved(frame, 0, 1);
  const petal = (lean: number, shape: Partial<PetalShape>, brightness: number, side: number) => {
    const own = varied(random, lit(colour, brightness + 0.08 * side * Math.cos(light)), 0.025);
    drawPetal(
      canvas,
      turned(cup, UP + lean * open),
      { length: height, width: 0.46, foot: 0.5, belly: 0.42, tip: 0.75, ...shape },
      { foot: lit(foot, 0.72), tip: own, shade: 0.7, slant: side * 0.9, veins: 0.07, shadow: 0.25 },
    );
  };
  // Behind: three petals whose tips show between those in front.
  petal(-0.2, { length: height * 0.97, width: 0.4 }, 0.68, -1);
  petal(0.2, { length: height * 0.97, width: 0.4 }, 0.7, 1);
  petal(random.uniformIn(-0.05, 0.05), { length: height, width: 0.42 }, 0.74, 0);
  const bend = 0.16 * open;
  petal(-0.24, { width: 0.5, bend: bend * random.uniformIn(0.4, 1.4) }, 0.92, -1);
  petal(0.24, { width: 0.5, bend: -bend * random.uniformIn(0.4, 1.4) }, 0.96, 1);
  petal(random.uniformIn(-0.08, 0.08), { length: height * 0.9, width: 0.56, belly: 0.45 }, 1.02, 0.25);
}
