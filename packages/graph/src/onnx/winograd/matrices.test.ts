import { randomStream } from "@fleuron/model";
import { expect, it } from "vitest";
import { relativeError } from "../../fixtures/case-graph.js";
import { kernelTransform, type Matrix, products, winogradRow } from "./matrices.js";

const random = randomStream(3, "augment", 0, 0);

const matrix = (rows: number, columns: number, element: (row: number, column: number) => number): Matrix => ({
  rows,
  columns,
  data: Float64Array.from({ length: rows * columns }, (_, i) =>
    element(Math.floor(i / columns), i % columns),
  ),
});
const normal = (rows: number, columns: number) => matrix(rows, columns, () => random.normal());
const at = ({ data, columns }: Matrix, row: number, column: number) => data[row * columns + column]!;
const transposed = (a: Matrix) => matrix(a.columns, a.rows, (row, column) => at(a, column, row));

function product(a: Matrix, b: Matrix): Matrix {
  return matrix(a.rows, b.columns, (row, column) => {
    let sum = 0;
    for (let k = 0; k < a.columns; k++) sum += at(a, row, k) * at(b, k, column);
    return sum;
  });
}

function correlation(
  x: Matrix,
  kernel: Matrix,
  pads: readonly [number, number],
  [height, width]: readonly [number, number],
) {
  return matrix(height, width, (row, column) => {
    let sum = 0;
    for (let i = 0; i < kernel.rows; i++) {
      for (let j = 0; j < kernel.columns; j++) {
        const [h, w] = [row + i - pads[0], column + j - pads[1]];
        if (h >= 0 && h < x.rows && w >= 0 && w < x.columns) sum += at(x, h, w) * at(kernel, i, j);
      }
    }
    return sum;
  });
}

it.each([
  { outputsPerTile: 5, taps: 3, input: [13, 13], pads: [1, 1], outputs: [13, 13], tiles: [3, 3] },
  { outputsPerTile: 5, taps: 3, input: [7, 12], pads: [0, 2], outputs: [6, 11], tiles: [2, 3] },
  { outputsPerTile: 5, taps: 3, input: [3, 5], pads: [0, 0], outputs: [1, 3], tiles: [1, 1] },
  { outputsPerTile: 4, taps: 5, input: [27, 26], pads: [2, 2], outputs: [27, 26], tiles: [7, 7] },
  { outputsPerTile: 4, taps: 5, input: [9, 5], pads: [0, 4], outputs: [5, 9], tiles: [2, 3] },
  { outputsPerTile: 4, taps: 3, input: [8, 9], pads: [1, 1], outputs: [8, 9], tiles: [2, 3] },
  { outputsPerTile: 2, taps: 5, input: [8, 9], pads: [2, 2], outputs: [8, 9], tiles: [4, 5] },
  { outputsPerTile: 6, taps: 3, input: [14, 11], pads: [1, 1], outputs: [14, 11], tiles: [3, 2] },
] as const)(
  "dropᵀ((lift · x) ⊙ G(kernel)) is the correlation: $outputsPerTile outputs per tile, $taps taps, $input",
  ({ outputsPerTile, taps, input, pads, outputs, tiles }) => {
    const along = (axis: 0 | 1) =>
      winogradRow({ outputsPerTile, taps, size: input[axis], pad: pads[axis], outputs: outputs[axis] });
    const [down, across] = [along(0), along(1)];
    expect([down.tiles, across.tiles]).toEqual(tiles);
    const [x, kernel] = [normal(input[0], input[1]), normal(taps, taps)];
    const n = products(outputsPerTile, taps);
    const atPoints = product(kernelTransform(outputsPerTile, taps), {
      ...kernel,
      rows: taps ** 2,
      columns: 1,
    });

    const lifted = product(product(down.lift, x), transposed(across.lift));
    const multiplied = matrix(lifted.rows, lifted.columns, (row, column) => {
      const [pointDown, pointAcross] = [Math.floor(row / tiles[0]), Math.floor(column / tiles[1])];
      return at(lifted, row, column) * at(atPoints, pointAcross * n + pointDown, 0);
    });
    const y = product(product(transposed(down.drop), multiplied), across.drop);

    const expected = correlation(x, kernel, pads, outputs);
    expect(relativeError(y.data, expected.data)).toBeLessThan(1e-12);
  },
);
