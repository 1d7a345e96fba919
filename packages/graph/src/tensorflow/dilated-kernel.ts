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

/** The kernel with zeros between its taps: rows and columns that are gathered from it and a row and column of zeros behind. */
export function spreadTaps(emit: TensorflowEmitter, kernel: string, dilation: Dilation): string {
  const { spread, stored } = dilation;
  return dilation.dilations.reduce((taps, step, axis) => {
    if (step === 1) return taps;
    const length = spread[axis + 2]!;
    const zeros = (length - 1) / step + 1;
    const pads = [0, 1, 2, 3].flatMap((each) => [0, each === axis ? 1 : 0]);
    const zero = emit.cast(emit.scalar(0), "float32", stored);
    const attributes = { T: { type: stored }, Tpaddings: { type: "int32" } } as const;
    const padded = emit.node("PadV2", [taps, emit.ints(pads, [4, 2]), zero], attributes);
    const places = Array.from({ length }, (_, place) => (place % step === 0 ? place / step : zeros));
    return emit.gather(padded, places, axis, stored);
  }, kernel);
}

/** The taps of the larger kernel. */
export function pickTaps(
  emit: TensorflowEmitter,
  kernel: string,
  { spread, dilations, stored }: Dilation,
): string {
  if (dilations.every((dilation) => dilation === 1)) return kernel;
  const size = emit.ints(physicalShape(kernelLayout(spread)));
  const slice = [kernel, emit.ints([0, 0, 0, 0]), size, emit.ints([...dilations, 1, 1])];
  return emit.node("StridedSlice", slice, { T: { type: stored }, Index: { type: "int32" } });
}
