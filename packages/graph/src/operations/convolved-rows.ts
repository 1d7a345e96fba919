// The products of a convolution, row by row, as the interpreter adds them: numbers that lie side by side.
import type { Shape } from "../types.js";
import type { Conv2dAttributes } from "./window.js";

/** Numbers of a tensor that are a step apart. */
interface Places {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** Every product x · kernel of the convolution: a number of the kernel, and the places in x and y that it meets in one row. */
export function eachRow(
  x: Shape<number, 4>,
  kernel: Shape<number, 4>,
  y: Shape<number, 4>,
  { strides, pads, dilations, groups }: Conv2dAttributes,
  visit: (kernelIndex: number, x: Places, y: Places) => void,
): void {
  const [, channels, height, width] = x;
  const [outputs, channelsPerGroup, kernelHeight, kernelWidth] = kernel;
  const [batch, , rows, columns] = y;
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < outputs; o++) {
      const firstChannel = Math.floor(o / (outputs / groups)) * channelsPerGroup;
      for (let i = 0; i < kernelHeight; i++) {
        for (let j = 0; j < kernelWidth; j++) {
          const left = j * dilations[1] - pads[1];
          const column = Math.max(0, Math.ceil(-left / strides[1]));
          const count = Math.min(columns, Math.ceil((width - left) / strides[1])) - column;
          for (let c = 0; c < channelsPerGroup; c++) {
            const kernelIndex = ((o * channelsPerGroup + c) * kernelHeight + i) * kernelWidth + j;
            for (let row = 0; row < rows; row++) {
              const h = row * strides[0] - pads[0] + i * dilations[0];
              if (h < 0 || h >= height) continue;
              const xRow = ((n * channels + firstChannel + c) * height + h) * width;
              const yRow = ((n * outputs + o) * rows + row) * columns;
              visit(
                kernelIndex,
                { first: xRow + left + column * strides[1], step: strides[1], count },
                { first: yRow + column, step: 1, count },
              );
            }
          }
        }
      }
    }
  }
}

/** Adds `factor` times each number of `source` to one of `target`. */
export function addMultiple(
  target: Float64Array,
  to: Places,
  source: Float64Array,
  from: Places,
  factor: number,
): void {
  for (let k = 0; k < to.count; k++)
    target[to.first + k * to.step]! += factor * source[from.first + k * from.step]!;
}

/** Σ a · b. */
export function sumOfProducts(a: Float64Array, inA: Places, b: Float64Array, inB: Places): number {
  let sum = 0;
  for (let k = 0; k < inA.count; k++) sum += a[inA.first + k * inA.step]! * b[inB.first + k * inB.step]!;
  return sum;
}
