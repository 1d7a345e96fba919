// What a flower stands before: meadow, sky, soil, leaves, lights in the dark, or a wall.
import type { RandomStream } from "@fleuron/model";
import { drawBlade, drawLeaf, leafGreen } from "./greenery.js";
import { lit, mixed, pick, varied } from "./palette.js";
import { IDENTITY, mapped, moved, turned } from "./raster/affine.js";
import { type Canvas, type Colour, plain } from "./raster/canvas.js";
import { createNoise, layered } from "./raster/noise.js";
import { ellipse } from "./raster/shapes.js";

type Background = (canvas: Canvas, random: RandomStream) => void;

export const drawBackground: Background = (canvas, random) => pick(random, backgrounds)(canvas, random);

const meadow: Background = (canvas, random) => {
  const { width, height } = canvas;
  gradient(canvas, random, lit(leafGreen(random), 1.15), lit(leafGreen(random), 0.7), 0.16);
  for (let i = 0; i < 90; i++)
    drawBlade(
      canvas,
      random,
      random.uniformIn(-0.1, 1.1) * width,
      random.uniformIn(0.5, 1.3) * height,
      random.uniformIn(0.3, 0.8) * height,
    );
};

const sky: Background = (canvas, random) => {
  const blue = varied(random, [0.42, 0.62, 0.85], 0.12);
  const clouds = layered(createNoise(random), 3);
  const threshold = random.uniformIn(-0.3, 0.6);
  const { width, height } = canvas;
  canvas.fillAll((x, y, out) => {
    const cloud = Math.max(0, Math.min(1, clouds((x / width) * 4, (y / height) * 5) - threshold)) * 0.8;
    const haze = cloud + (1 - cloud) * (y / height) * 0.45;
    for (let channel = 0; channel < 3; channel++)
      out[channel] = blue[channel]! + (0.97 - blue[channel]!) * haze;
    out[3] = 1;
  });
  if (random.uniform() < 0.5) {
    for (let i = 0; i < 40; i++)
      drawBlade(
        canvas,
        random,
        random.uniformIn(-0.1, 1.1) * width,
        random.uniformIn(1, 1.3) * height,
        random.uniformIn(0.3, 0.6) * height,
      );
  }
};

const soil: Background = (canvas, random) => {
  const brown = varied(random, [0.36, 0.26, 0.18], 0.08);
  gradient(canvas, random, lit(brown, 1.2), lit(brown, 0.75), 0.35);
  leaves(canvas, random, 8 + random.integer(14));
};

const foliage: Background = (canvas, random) => {
  gradient(canvas, random, lit(leafGreen(random), 0.6), lit(leafGreen(random), 0.45), 0.1);
  leaves(canvas, random, 45);
};

const lights: Background = (canvas, random) => {
  const dark = varied(
    random,
    pick(random, [
      [0.1, 0.14, 0.1],
      [0.13, 0.12, 0.17],
      [0.2, 0.24, 0.15],
    ] as const),
    0.04,
  );
  gradient(canvas, random, lit(dark, 1.4), dark, 0.12);
  for (let i = 0; i < 26; i++) {
    const { width, height } = canvas;
    const radius = random.uniformIn(0.02, 0.09) * width;
    const place = moved(IDENTITY, random.uniform() * width, random.uniform() * height);
    const colour = mixed(leafGreen(random), [0.95, 0.9, 0.7], random.uniformIn(0, 0.7));
    canvas.fill(mapped(place, ellipse(radius, radius)), plain(colour, random.uniformIn(0.1, 0.4)));
  }
};

const wall: Background = (canvas, random) => {
  const tint = varied(
    random,
    pick(random, [
      [0.82, 0.79, 0.72],
      [0.62, 0.65, 0.68],
      [0.42, 0.36, 0.34],
      [0.75, 0.66, 0.6],
    ] as const),
    0.08,
  );
  gradient(canvas, random, lit(tint, 1.08), lit(tint, 0.78), 0.05);
};

const backgrounds: readonly Background[] = [meadow, sky, soil, foliage, lights, wall];

function leaves(canvas: Canvas, random: RandomStream, count: number): void {
  const { width, height } = canvas;
  for (let i = 0; i < count; i++) {
    const place = moved(IDENTITY, random.uniformIn(-0.1, 1.1) * width, random.uniformIn(-0.1, 1.1) * height);
    drawLeaf(
      canvas,
      random,
      turned(place, random.uniformIn(0, 2 * Math.PI)),
      random.uniformIn(0.15, 0.45) * width,
    );
  }
}

/** From one colour to another along any direction, with clouds of `roughness` in it. */
function gradient(canvas: Canvas, random: RandomStream, from: Colour, to: Colour, roughness: number): void {
  const noise = layered(createNoise(random), 3);
  const angle = Math.PI / 2 + random.uniformIn(-0.7, 0.7);
  const [alongX, alongY] = [Math.cos(angle) / canvas.width, Math.sin(angle) / canvas.height];
  canvas.fillAll((x, y, out) => {
    const t = x * alongX + y * alongY;
    const rough = 1 + roughness * noise((x / canvas.width) * 7, (y / canvas.width) * 7);
    for (let channel = 0; channel < 3; channel++)
      out[channel] = (from[channel]! + (to[channel]! - from[channel]!) * t) * rough;
    out[3] = 1;
  });
}
