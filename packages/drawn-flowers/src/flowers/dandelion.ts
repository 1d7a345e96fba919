/** A dandelion: in flower, a dense cushion of narrow florets without a disc; in seed, a sphere of parachutes. */

import { lit, mixed, PETALS, type PetalColour, varied } from "../palette.js";
import { mapped, turned } from "../raster/affine.js";
import { plain } from "../raster/canvas.js";
import { ellipse, ribbon } from "../raster/shapes.js";
import { GOLDEN_ANGLE } from "./disc.js";
import { type FlowerContext, scaleOf } from "./flower.js";
import { drawPetal } from "./petal.js";

export const DANDELION_COLOURS: readonly PetalColour[] = [
  "yellow",
  "yellow",
  "gold",
  "white",
  "cream",
  "orange",
];

export function drawDandelion(context: FlowerContext): void {
  if (context.random.uniform() < 0.5) drawClock(context);
  else drawCushion(context);
}

function drawCushion({ canvas, random, frame, colour, light }: FlowerContext): void {
  const florets = 230;
  const foot = mixed(lit(colour, 0.75), PETALS.gold, 0.3);
  for (let i = 0; i < florets; i++) {
    const inward = i / florets;
    const angle = i * GOLDEN_ANGLE + random.uniformIn(-0.25, 0.25);
    const length = (1 - 0.86 * inward ** 1.25) * random.uniformIn(0.9, 1.06);
    const own = varied(random, lit(colour, 0.82 + 0.2 * inward + 0.08 * Math.cos(angle - light)), 0.04);
    drawPetal(
      canvas,
      turned(frame, angle),
      {
        length,
        width: random.uniformIn(0.024, 0.034),
        foot: 0.5,
        belly: 0.85,
        tip: 0.35,
        bend: random.uniformIn(-0.1, 0.1),
      },
      { foot, tip: own, shade: 0.62, slant: Math.sin(light - angle), veins: 0, shadow: 0.2 },
    );
  }
}

const SEEDS = 120;
const HAIRS = 11;

function drawClock({ canvas, random, frame, colour, light }: FlowerContext): void {
  const pale = mixed(colour, PETALS.white, 0.55);
  const thin = Math.max(0.45 / scaleOf(frame), 0.006);
  canvas.fill(mapped(frame, ellipse(0.97, 0.97)), glow(pale));
  canvas.fill(mapped(frame, ellipse(0.13, 0.13, 16)), plain([0.4, 0.36, 0.22]));
  const turn = random.uniformIn(0, 2 * Math.PI);
  for (let i = 0; i < SEEDS; i++) {
    // Seeds evenly over the sphere, those in front last.
    const depth = -0.9 + (1.9 * (i + 0.5)) / SEEDS;
    const ring = Math.sqrt(1 - depth * depth);
    const angle = turn + i * GOLDEN_ANGLE;
    const [u, v] = [Math.cos(angle) * ring, Math.sin(angle) * ring];
    const bright = 0.82 + 0.12 * depth + 0.12 * ring * Math.cos(angle - light);
    const hair = plain(lit(pale, bright), 0.5 + 0.2 * depth);
    const foot = 0.12;
    canvas.fill(
      mapped(frame, ribbon([u * foot, v * foot, u * 0.7, v * 0.7], thin * 1.4, thin * 0.7)),
      plain(lit([0.62, 0.56, 0.42], bright), 0.5),
    );
    canvas.fill(
      mapped(frame, ribbon([u * foot, v * foot, u * 0.24, v * 0.24], thin * 2.6, thin * 1.2)),
      plain(lit([0.36, 0.26, 0.14], bright), 0.9),
    );
    // A parachute is a cone of hairs that opens outwards; seen from the front it is a star.
    for (let j = 0; j < HAIRS; j++) {
      const around = (2 * Math.PI * j) / HAIRS + random.uniformIn(-0.2, 0.2);
      const spread = 0.19 * random.uniformIn(0.85, 1.1);
      const [across, along] = [Math.cos(around) * spread, Math.sin(around) * spread * depth];
      const tipU = u * 0.93 - Math.sin(angle) * across + Math.cos(angle) * along;
      const tipV = v * 0.93 + Math.cos(angle) * across + Math.sin(angle) * along;
      canvas.fill(mapped(frame, ribbon([u * 0.72, v * 0.72, tipU, tipV], thin, thin * 0.8)), hair);
    }
  }
}

const glow = (colour: readonly [number, number, number]) => plain(colour, 0.16);
