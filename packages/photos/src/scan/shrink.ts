import type { RgbImage } from "@fleuron/model";

/**
 * An image of 1 / `factor` of the size, quickly: means of squares of pixels. What is left of rows and columns at the end
 * is dropped.
 */
export function shrink(image: RgbImage, factor: number): RgbImage {
  if (factor === 1) return image;
  const width = Math.floor(image.width / factor);
  const height = Math.floor(image.height / factor);
  const { data: source } = image;
  const data = new Uint8Array(width * height * 3);
  const sums = new Uint32Array(width * 3);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * factor; row < (y + 1) * factor; row++) {
      for (let at = 0, from = row * image.width * 3; at < sums.length; at += 3) {
        let red = 0;
        let green = 0;
        let blue = 0;
        for (const end = from + factor * 3; from < end; from += 3) {
          red += source[from]!;
          green += source[from + 1]!;
          blue += source[from + 2]!;
        }
        sums[at]! += red;
        sums[at + 1]! += green;
        sums[at + 2]! += blue;
      }
    }
    for (let at = 0, to = y * sums.length; at < sums.length; at++, to++) {
      data[to] = sums[at]! / factor ** 2 + 0.5;
    }
  }
  return { data, width, height };
}
