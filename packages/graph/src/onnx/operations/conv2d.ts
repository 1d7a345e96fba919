import type { Conv2dAttributes } from "../../operations/window.js";
import { spatialSize } from "../../shapes.js";
import type { Dimension, Shape } from "../../types.js";
import type { Lowering } from "../lowering.js";

/** ONNX infers `kernel_shape` from the kernel; some readers do not. */
const windowAttributes = (
  kernel: Shape<Dimension, 4>,
  { strides, pads, dilations, groups }: Conv2dAttributes,
) => ({
  kernel_shape: { ints: spatialSize("conv2d", kernel) },
  strides: { ints: strides },
  pads: { ints: pads },
  dilations: { ints: dilations },
  group: { int: groups },
});

export const conv2d: Lowering<"conv2d"> = ({ inputs: [x, kernel], attributes, emit }) => {
  const window = windowAttributes(kernel.shape, attributes);
  const y = emit.node("Conv", [x.name, kernel.name], window);
  emit.offerBias(y, (bias) => emit.node("Conv", [x.name, kernel.name, bias], window));
  return [y];
};

/**
 * At stride 1, of one group or of one for each channel, a convolution with the kernel turned by 180° and its channels
 * exchanged, which runs faster than ConvTranspose; ConvTranspose elsewhere.
 */
export const conv2dInputGradient: Lowering<"conv2dInputGradient"> = ({
  inputs: [gradient, kernel],
  attributes,
  emit,
}) => {
  const { strides, pads, dilations, groups, size } = attributes;
  const [height, width] = spatialSize("conv2dInputGradient", kernel.shape);
  const turned = [height - 1 - pads[0], width - 1 - pads[1], height - 1 - pads[2], width - 1 - pads[3]];
  const isDense = [...strides, ...dilations].every((value) => value === 1);
  const isDepthwise = groups === kernel.shape[0] && kernel.shape[1] === 1;
  if (isDense && (groups === 1 || isDepthwise) && turned.every((pad) => pad >= 0)) {
    const exchanged = isDepthwise
      ? kernel.name
      : emit.node("Transpose", [kernel.name], { perm: { ints: [1, 0, 2, 3] } });
    const [start, end, step] = [
      emit.ints([-1, -1]),
      emit.ints([-height - 1, -width - 1]),
      emit.ints([-1, -1]),
    ];
    const rotated = emit.node("Slice", [exchanged, start, end, emit.ints([2, 3]), step]);
    return [emit.node("Conv", [gradient.name, rotated], { pads: { ints: turned }, group: { int: groups } })];
  }
  const output = spatialSize("conv2dInputGradient", gradient.shape);
  const reached = (axis: 0 | 1) =>
    (output[axis] - 1) * strides[axis] +
    ((axis === 0 ? height : width) - 1) * dilations[axis] +
    1 -
    pads[axis] -
    pads[axis + 2]!;
  const left = { ints: [size[0] - reached(0), size[1] - reached(1)] };
  const transposed = { ...windowAttributes(kernel.shape, attributes), output_padding: left };
  return [emit.node("ConvTranspose", [gradient.name, kernel.name], transposed)];
};
