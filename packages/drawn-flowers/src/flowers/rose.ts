/** A rose: broad round petals in a spiral, each inner one upon the last, up to a bud that is wound tight. */

import { lit, mixed, PETALS, type PetalColour, varied } from "../palette.js";
import { type Affine, inverse, mapped, turned } from "../raster/affine.js";
import { type Colour, type Paint, plain } from "../raster/canvas.js";
import { GOLDEN_ANGLE } from "./disc.js";
import type { FlowerContext } from "./flower.js";
import { scaleOf } from "./flower.js";

export const ROSE_COLOURS: readonly PetalColour[] = [
  "red",
  "crimson",
  "pink",
  "salmon",
  "white",
  "yellow",
  "magenta",
];

export function drawRose({ canvas, random, frame, colour, light }: FlowerContext): void {
  const petals = 19 + random.integer(8);
  const turn = random.uniformIn(0, 2 * Math.PI);
  const deep = mixed(lit(colour, 0.42), PETALS.crimson, 0.16);
  const wound = random.uniform() < 0.5 ? 1 : -1;
  for (let i = 0; i < petals; i++) {
    const radius = 1 - 0.93 * (i / petals) ** 0.8;
    const angle = turn + wound * i * GOLDEN_ANGLE + random.uniformIn(-0.2, 0.2);
    const wave = random.uniformIn(0.01, 0.05);
    const half = random.uniformIn(1.05, 1.35);
    const own = varied(random, lit(colour, 0.93 + 0.1 * Math.cos(angle - light)), 0.03);
    const place = turned(frame, angle);
    const outline = mapped(place, lobe(radius, half, wave, random.uniformIn(0, 6)));
    const offset = Math.max(0.6, scaleOf(frame) * 0.02);
    canvas.fill(
      outline.map((value, index) => value + offset * (index % 2 === 0 ? Math.cos(angle) : Math.sin(angle))),
      plain(lit(deep, 0.5), 0.4),
    );
    canvas.fill(outline, petalPaint(place, radius, own, deep));
  }
}

/** A petal around the flower's centre, its rim `radius` away in the middle and nearer at its ends. */
function lobe(radius: number, half: number, wave: number, phase: number): number[] {
  const pieces = 18;
  const points: number[] = [];
  for (let i = 0; i <= pieces; i++) {
    const turn = (2 * i) / pieces - 1;
    const rim = radius * ((1 - turn ** 4) ** 0.3 * (1 + wave * Math.sin(phase + 7 * turn)) * 0.72 + 0.28);
    points.push(rim * Math.cos(half * turn), rim * Math.sin(half * turn));
  }
  return [...points, -0.2 * radius, 0];
}

/** Dark where it dives into the flower, light towards the rim, with a bright turned-back edge. */
function petalPaint(frame: Affine, radius: number, colour: Colour, deep: Colour): Paint {
  const { a, b, c, d, e, f } = inverse(frame);
  return (x, y, out) => {
    const u = (a * x + c * y + e) / radius;
    const v = (b * x + d * y + f) / radius;
    const rim = Math.min(1, Math.hypot(u, v));
    const light = Math.max(0, (rim - 0.35) / 0.65) ** 1.4;
    const edge = rim > 0.9 ? 1 + (rim - 0.9) * 1.3 : 1;
    const slant = (1 + 0.1 * v) * edge;
    out[0] = (deep[0] + (colour[0] - deep[0]) * light) * slant;
    out[1] = (deep[1] + (colour[1] - deep[1]) * light) * slant;
    out[2] = (deep[2] + (colour[2] - deep[2]) * light) * slant;
    out[3] = 1;
  };
}
