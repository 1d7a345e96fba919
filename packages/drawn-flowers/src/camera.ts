/** What the camera does to a picture: exposure, contrast, tint, dark corners, focus, grain. */
import type { RandomStream } from "@fleuron/model";
import { blur } from "./raster/blur.js";
import type { Canvas } from "./raster/canvas.js";

export function photograph(canvas: Canvas, random: RandomStream): void {
  if (random.uniform() < 0.3) blur(canvas, random.uniformIn(0.3, 1.3));
  const exposure = random.uniformIn(0.78, 1.16);
  const contrast = random.uniformIn(0.85, 1.15);
  const warmth = random.uniformIn(-0.07, 0.07);
  const tint = [exposure * (1 + warmth), exposure, exposure * (1 - warmth)];
  const vignette = random.uniformIn(0, 0.4);
  const grain = random.uniformIn(0, 0.03) / 255;
  const { width, height, pixels } = canvas;
  let word = random.word();
  for (let y = 0, at = 0; y < height; y++) {
    const fromMiddleY = y / height - 0.5;
    for (let x = 0; x < width; x++) {
      const fromMiddleX = x / width - 0.5;
      const dark = 1 - vignette * (fromMiddleX * fromMiddleX + fromMiddleY * fromMiddleY);
      // A linear congruential generator (Numerical Recipes, chapter 7): grain needs no better one.
      word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      for (let channel = 0; channel < 3; channel++, at++) {
        // One byte is common to the channels, so that the grain is mostly grey.
        const noise = (2 * (word >>> 24) - 255 + ((word >>> (8 + 4 * channel)) & 255) - 127.5) * grain;
        const value = pixels[at]! * tint[channel]! * dark;
        pixels[at] = (value - 0.45) * contrast + 0.45 + noise;
      }
    }
  }
}
