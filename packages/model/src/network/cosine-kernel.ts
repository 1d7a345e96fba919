// What the first kernel of a network comes to in any photos, more or less: it may as well begin there.

/** Axes along which the colours of photographs vary independently (Ohta et al. 1980), with their shares of ImageNet's variance. */
const COLOURS = [
  { variance: 1, axis: [1 / Math.sqrt(3), 1 / Math.sqrt(3), 1 / Math.sqrt(3)] },
  { variance: 0.086, axis: [1 / Math.SQRT2, 0, -1 / Math.SQRT2] },
  { variance: 0.021, axis: [1 / Math.sqrt(6), -2 / Math.sqrt(6), 1 / Math.sqrt(6)] },
] as const;

/** In cycles per pixel: below it, an image is as good as constant. */
const LOWEST_FREQUENCY = 1 / 64;

/** As long as a filter of `heNormal` is on average. */
const LENGTH = Math.SQRT2;

interface Wave {
  readonly colour: readonly [number, number, number];
  /** Half periods across the kernel. */
  readonly down: number;
  readonly across: number;
  readonly power: number;
}

/**
 * Fills the filters of a kernel [filters, 3, height, width] with the waves of a discrete cosine transform in the main colours
 * of photographs, one after the other, each in both signs. These are close to the principal components of photos' patches
 * (Ahmed et al. 1974), and come in the order of their power in natural images, 1 ÷ frequency² (Field 1987). Filters beyond
 * the 6 × height × width that this gives are left as they are.
 */
export function fillCosines(values: Float32Array, [filters, _, height, width]: readonly number[]): void {
  const size = 3 * height! * width!;
  const waves = wavesOf(height!, width!).slice(0, Math.ceil(filters! / 2));
  const filled = Math.min(filters!, 2 * waves.length);
  for (let filter = 0; filter < filled; filter++) {
    const sign = filter % 2 === 0 ? 1 : -1;
    values.set(filterOf(waves[filter >> 1]!, height!, width!, sign * LENGTH), filter * size);
  }
}

function wavesOf(height: number, width: number): readonly Wave[] {
  const waves: Wave[] = [];
  for (let down = 0; down < height; down++) {
    for (let across = 0; across < width; across++) {
      const frequency = Math.hypot(down / height, across / width) / 2;
      for (const { variance, axis } of COLOURS) {
        const power = variance / (frequency ** 2 + LOWEST_FREQUENCY ** 2);
        waves.push({ colour: axis, down, across, power });
      }
    }
  }
  return waves.sort((a, b) => b.power - a.power);
}

function filterOf({ colour, down, across }: Wave, height: number, width: number, length: number) {
  const wave = (halfPeriods: number, size: number) =>
    Array.from({ length: size }, (_, place) => Math.cos((Math.PI * halfPeriods * (place + 0.5)) / size));
  const columns = wave(across, width);
  const plane = wave(down, height).flatMap((row) => columns.map((column) => row * column));
  const factor = length / Math.hypot(...plane);
  return colour.flatMap((share) => plane.map((value) => factor * share * value));
}
