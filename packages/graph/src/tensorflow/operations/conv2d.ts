// Convolution and its two derivatives: images N,H,W,C, kernels H,W,I,O. Groups are split off and computed one by one,
// as TensorFlow's derivatives on a CPU know none; their channels are the last axis of all three tensors.
import type { Conv2dAttributes } from "../../operations/conv2d.js";
import { known, knownShape } from "../../shapes.js";
import type { Shape } from "../../types.js";
import { pickTaps, spreadShape, spreadTaps } from "../dilated-kernel.js";
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast, kernelLayout, physicalShape } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import type { TensorflowDType } from "../node.js";
import { shapeTensor } from "../shape-tensor.js";
import { windowPadding } from "../window-padding.js";

type Conv2dGradientAttributes = Conv2dAttributes & { readonly size: readonly [number, number] };

/** Node attributes of a convolution whose input and kernel have these logical shapes. */
function convolution(
  T: TensorflowDType,
  x: Shape,
  kernel: Shape<number>,
  { strides, pads, dilations }: Conv2dAttributes,
) {
  return {
    T: { type: T },
    strides: { ints: [1, ...strides, 1] },
    dilations: { ints: [1, ...dilations, 1] },
    data_format: { string: "NHWC" },
    ...windowPadding({
      size: knownShape("conv2d", x.slice(2)),
      window: kernel.slice(2),
      strides,
      dilations,
      pads,
    }),
  } as const;
}

function perGroup(
  emit: TensorflowEmitter,
  { groups }: Conv2dAttributes,
  tensors: readonly string[],
  compute: (tensors: readonly string[]) => string,
): string {
  if (groups === 1) return compute(tensors);
  const axis = emit.ints([3], []);
  const attributes = { T: { type: emit.computes }, num_split: { int: groups } } as const;
  const splits = tensors.map((tensor) => emit.node("Split", [axis, tensor], attributes));
  const results = Array.from({ length: groups }, (_, group) =>
    compute(splits.map((split) => (group === 0 ? split : `${split}:${group}`))),
  );
  return emit.concat([...results], 3, emit.computes);
}

export const conv2d: Lowering<Conv2dAttributes> = ({
  inputs: [x, kernel],
  attributes,
  outputs: [{ shape }],
  emit,
}) => {
  const stored = emit.computes;
  const tensors = [x.in(channelsLast(x.shape), stored), kernel.in(kernelLayout(kernel.shape), stored)];
  const options = convolution(stored, x.shape, knownShape("conv2d", kernel.shape), attributes);
  const name = perGroup(emit, attributes, tensors, (pair) => emit.node("Conv2D", pair, options));
  return [{ name, layout: channelsLast(shape), stored }];
};

export const conv2dInputGradient: Lowering<Conv2dGradientAttributes> = ({
  inputs: [gradient, kernel],
  attributes,
  outputs: [{ shape }],
  emit,
}) => {
  const stored = emit.computes;
  const layout = channelsLast(shape);
  const dilation = { ...attributes, spread: spreadShape(kernel.shape, attributes.dilations), stored };
  const tensors = [
    gradient.in(channelsLast(gradient.shape), stored),
    spreadTaps(emit, kernel.in(kernelLayout(kernel.shape), stored), dilation),
  ];
  const options = convolution(stored, shape, dilation.spread, undilated(attributes));
  const [batch, height, width, channels] = physicalShape(layout);
  const perGroupShape = [batch, height, width, known("conv2dInputGradient", channels) / attributes.groups];
  const size = shapeTensor(emit, perGroupShape, tensors[0], stored);
  const name = perGroup(emit, attributes, tensors, ([g, k]) =>
    emit.node("Conv2DBackpropInput", [size, k, g], options),
  );
  return [{ name, layout, stored }];
};

export const conv2dKernelGradient: Lowering<Conv2dGradientAttributes> = forTraining(
  ({ inputs: [x, gradient], attributes, outputs: [{ shape }], emit }) => {
    const stored = emit.computes;
    const dilation = { ...attributes, spread: spreadShape(shape, attributes.dilations), stored };
    const tensors = [x.in(channelsLast(x.shape), stored), gradient.in(channelsLast(gradient.shape), stored)];
    const options = convolution(stored, x.shape, dilation.spread, undilated(attributes));
    const [height, width, inputs, outputs] = physicalShape(kernelLayout(dilation.spread));
    const size = emit.ints([height, width, inputs, outputs / attributes.groups]);
    const spread = perGroup(emit, attributes, tensors, ([a, g]) =>
      emit.node("Conv2DBackpropFilter", [a, size, g], options),
    );
    return [{ name: pickTaps(emit, spread, dilation), layout: kernelLayout(shape), stored }];
  },
);

const undilated = (attributes: Conv2dAttributes): Conv2dAttributes => ({ ...attributes, dilations: [1, 1] });
