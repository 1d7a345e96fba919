import type { NamedTensor } from "@fleuron/training";
import { dataAddress } from "./data-address.js";

/** More would be a wall of them. */
const MOST_TILES = 192;

/**
 * Kernels [filters, 3, height, width] as pictures' `data:` addresses, a pixel a tap, each stretched to its own
 * range; those of other channels than red, green and blue give none.
 */
export async function kernelTiles({ shape, data }: NamedTensor): Promise<readonly string[]> {
  const [filters, channels, height, width] = shape as readonly [number, number, number, number];
  if (shape.length !== 4 || channels !== 3) return [];
  const length = channels * height * width;
  const { default: sharp } = await import("sharp");
  return Promise.all(
    Array.from({ length: Math.min(filters, MOST_TILES) }, async (_, index) => {
      const pixels = kernelPixels(data.subarray(index * length, (index + 1) * length));
      const png = await sharp(pixels, { raw: { width, height, channels: 3 } })
        .png({ compressionLevel: 9 })
        .toBuffer();
      return dataAddress("image/png", png);
    }),
  );
}

/** Channel planes to interleaved bytes, the least value 0 and the greatest 255; mid-grey where all are equal. */
export function kernelPixels(kernel: Float32Array): Uint8Array {
  const area = kernel.length / 3;
  const least = kernel.reduce((a, b) => Math.min(a, b));
  const range = kernel.reduce((a, b) => Math.max(a, b)) - least;
  return Uint8Array.from(kernel, (_, index) => {
    const value = kernel[(index % 3) * area + Math.floor(index / 3)]!;
    return range === 0 ? 128 : Math.round(((value - least) / range) * 255);
  });
}
