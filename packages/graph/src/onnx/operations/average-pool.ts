import { type AveragePoolAttributes, divideAlike, windowDivisors } from "../../operations/average-windows.js";
import type { PoolAttributes } from "../../operations/pool.js";
import { reshapeTarget } from "../../reshape-target.js";
import { spatialSize } from "../../shapes.js";
import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering } from "../lowering.js";

const windowAttributes = ({ kernelSize, strides, pads }: PoolAttributes) => ({
  kernel_shape: { ints: kernelSize },
  strides: { ints: strides },
  pads: { ints: pads },
});

export const averagePool: Lowering<"averagePool"> = ({ inputs: [x], attributes, emit }) => [
  emit.node("AveragePool", [x.name], {
    ...windowAttributes(attributes),
    count_include_pad: { int: Number(attributes.countPadding) },
  }),
];

/** Shares of the gradient, spread over each plane's windows by a transposed convolution with ones. */
export const averagePoolGradient: Lowering<"averagePoolGradient"> = ({
  inputs: [gradient],
  outputs: [{ shape }],
  attributes,
  emit,
}) => {
  const { kernelSize, strides, pads, size } = attributes;
  const windows = spatialSize("averagePoolGradient", gradient.shape);
  const shares = emit.node("Mul", [gradient.name, sharesOf(emit, size, windows, attributes)]);
  const planes = emit.node("Reshape", [shares, emit.ints([-1, 1, ...windows])]);
  const ones = emit.floats(new Float32Array(kernelSize[0] * kernelSize[1]).fill(1), [1, 1, ...kernelSize]);
  const left = (axis: 0 | 1) =>
    size[axis] + pads[axis] + pads[axis + 2]! - (windows[axis] - 1) * strides[axis] - kernelSize[axis];
  const spread = emit.node("ConvTranspose", [planes, ones], {
    ...windowAttributes(attributes),
    output_padding: { ints: [left(0), left(1)] },
  });
  return [emit.node("Reshape", [spread, emit.ints(reshapeTarget("ONNX", shape))])];
};

/** What each pixel gets of its window's gradient: a number, or one for each window. */
function sharesOf(
  emit: OnnxEmitter,
  size: Shape<number, 2>,
  windows: Shape<number, 2>,
  attributes: AveragePoolAttributes,
): string {
  const { kernelSize } = attributes;
  if (divideAlike(attributes)) return emit.scalar(1 / (kernelSize[0] * kernelSize[1]));
  const divisors = windowDivisors(size, windows, attributes);
  return emit.floats(
    divisors.map((divisor) => 1 / divisor),
    windows,
  );
}
