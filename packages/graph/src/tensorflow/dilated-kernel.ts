// A dilated convolution is one with a larger kernel that is 0 between its taps. TensorFlow's derivatives on a CPU know
// no dilation, so they work on that larger kernel.
import { knownShape } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";
import type { TensorflowEmitter } from "./emitter.js";
import { kernelLayout, physicalShape } from "./layout.js";
import type { TensorflowDType } from "./node.js";

export interface Dilation {
  /** Logical shape of the larger kernel: [O, I, H, W]. */
  readonly spread: Shape<number, 4>;
  readonly dilations: readonly [number, number];
  readonly stored: TensorflowDType;
}

export function spreadShape(
  kernel: Shape<Dimension, 4>,
  dilations: readonly [number, number],
): Shape<number, 4> {
  const [outputs, inputs, height, width] = knownShape("conv2d", kernel);
  return [outputs, inputs, (height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1];
}

/** The kernel with zeros between its taps. */
export function spreadTaps(emit: TensorflowEmitter, kernel: string, dilation: Dilation): string {
  if (!dilates(dilation)) return kernel;
  const [size, begin, end, strides] = slice(emit, dilation);
  return emit.node("StridedSliceGrad", [size, begin, end, strides, kernel], options(dilation));
}

/** The taps of the larger kernel. */
export function pickTaps(emit: TensorflowEmitter, kernel: string, dilation: Dilation): string {
  if (!dilates(dilation)) return kernel;
  const [, begin, end, strides] = slice(emit, dilation);
  return emit.node("StridedSlice", [kernel, begin, end, strides], options(dilation));
}

const dilates = ({ dilations }: Dilation): boolean => dilations.some((dilation) => dilation > 1);

const options = ({ stored }: Dilation) => ({ T: { type: stored }, Index: { type: "int32" } }) as const;

function slice(
  emit: TensorflowEmitter,
  { spread, dilations }: Dilation,
): readonly [size: string, begin: string, end: string, strides: string] {
  const size = emit.ints(physicalShape(kernelLayout(spread)));
  return [size, emit.ints([0, 0, 0, 0]), size, emit.ints([...dilations, 1, 1])];
}
