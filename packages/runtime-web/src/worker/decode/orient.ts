import type { RgbaImage } from "./rgba-image.js";

/** Turns a picture clockwise by 0, 90, 180 or 270 degrees, and then mirrors it left to right. */
export function orient(image: RgbaImage, rotation: number, flip: boolean): RgbaImage {
  if (rotation === 0 && !flip) return image;
  const { data, width, height } = image;
  const source = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const target = new Uint32Array(width * height);
  const [outWidth, outHeight] = rotation % 180 === 0 ? [width, height] : [height, width];
  /** Where the top left pixel of the result comes from, and a step to the right and a step down from there. */
  const [start, right, down] = {
    0: [0, 1, width],
    90: [(height - 1) * width, -width, 1],
    180: [width * height - 1, -1, -width],
    270: [width - 1, width, -1],
  }[rotation as 0 | 90 | 180 | 270] as [number, number, number];
  for (let y = 0, at = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++, at++) {
      target[at] = source[start + (flip ? outWidth - 1 - x : x) * right + y * down]!;
    }
  }
  return { data: new Uint8Array(target.buffer), width: outWidth, height: outHeight };
}
