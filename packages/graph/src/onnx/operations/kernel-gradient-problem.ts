// What all ways to a kernel's gradient share.

import type { Conv2dGradientAttributes } from "../../operations/conv2d.js";
import type { OnnxEmitter } from "../emitter.js";

export interface KernelGradientProblem {
  readonly emit: OnnxEmitter;
  readonly attributes: Conv2dGradientAttributes;
  readonly channels: number;
  readonly outputs: number;
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
  /** undefined: known only when the graph runs. */
  readonly batch: number | undefined;
}

/** Where the taps of a kernel lie, and how many positions they are moved to. */
export interface Taps {
  readonly taps: readonly [number, number];
  readonly step: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly output: readonly [number, number];
}

export function tapSlices(
  emit: OnnxEmitter,
  image: string,
  { taps, step, strides, output }: Taps,
): readonly string[] {
  const span = [(output[0] - 1) * strides[0] + 1, (output[1] - 1) * strides[1] + 1] as const;
  const slices: string[] = [];
  for (let i = 0; i < taps[0]; i++) {
    for (let j = 0; j < taps[1]; j++) {
      const [top, left] = [i * step[0], j * step[1]];
      const bounds = [emit.ints([top, left]), emit.ints([top + span[0], left + span[1]])];
      slices.push(emit.node("Slice", [image, ...bounds, emit.ints([2, 3]), emit.ints(strides)]));
    }
  }
  return slices;
}
