import type { RandomStream } from "@fleuron/model";

const SIDE = 64;

/** Smooth noise of about −1 to 1 that repeats after 64 in both directions. */
export type Noise = (x: number, y: number) => number;

/** Value noise: random values on a grid, smoothly between. */
export function createNoise(random: RandomStream): Noise {
  const grid = new Float32Array(SIDE * SIDE);
  random.fillUniform(grid, -1, 1);
  return (x, y) => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [s, t] = [smooth(x - column), smooth(y - row)];
    const [left, right] = [column & (SIDE - 1), (column + 1) & (SIDE - 1)];
    const [above, below] = [(row & (SIDE - 1)) * SIDE, ((row + 1) & (SIDE - 1)) * SIDE];
    const upper = grid[above + left]! + (grid[above + right]! - grid[above + left]!) * s;
    const lower = grid[below + left]! + (grid[below + right]! - grid[below + left]!) * s;
    return upper + (lower - upper) * t;
  };
}

/** Noise upon noise: each of `octaves` layers is twice as fine and half as strong. */
export function layered(noise: Noise, octaves: number): Noise {
  return (x, y) => {
    let sum = 0;
    for (let octave = 0, scale = 1; octave < octaves; octave++, scale *= 2)
      sum += noise(x * scale + 17 * octave, y * scale + 31 * octave) / scale;
    return sum;
  };
}

const smooth = (t: number) => t * t * (3 - 2 * t);
