// Convolution and its two derivatives: images N,H,W,C, kernels H,W,I,O. Where each channel is a group, TensorFlow has
// kernels of their own, which tfjs has only forward. It has no convolution that strides and dilates at once. Other groups are split off and computed one by one, as its derivatives on a CPU know none; their
// channels are the last axis of all three tensors.
import type { Conv2dAttributes } from "../../operations/window.js";
import { known, knownShape } from "../../shapes.js";
import { convolution } from "../convolution.js";
import {
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dKernelGradient,
  isDepthwise,
} from "../depthwise.js";
import { pickTaps, spreadShape, spreadTaps } from "../dilated-kernel.js";
import type { TensorflowEmitter } from "../emitter.js";
import { channelsLast, kernelLayout } from "../layout.js";
import { forTraining, type Lowering } from "../lowering.js";
import { shapeTensor } from "../shape-tensor.js";

function perGroup(
  emit: TensorflowEmitter,
  { groups }: Conv2dAttributes,
  [first, second]: readonly [string, string],
  compute: (first: string, second: string) => string,
): string {
  if (groups === 1) return compute(first, second);
  const axis = emit.ints([3], []);
  const attributes = { T: { type: emit.computes }, num_split: { int: groups } } as const;
  const split = (tensor: string) => emit.node("Split", [axis, tensor], attributes);
  const [firsts, seconds] = [split(first), split(second)];
  const part = (parts: string, group: number) => (group === 0 ? parts : `${parts}:${group}`);
  const results = Array.from({ length: groups }, (_, group) =>
    compute(part(firsts, group), part(seconds, group)),
  );
  return emit.concat(results, 3, emit.computes);
}

export const conv2d: Lowering<"conv2d"> = (lowering) => {
  const {
    inputs: [x, kernel],
    attributes,
    outputs: [{ shape }],
    emit,
  } = lowering;
  if (isDepthwise(x.shape, attributes)) return depthwiseConv2d(lowering);
  const stored = emit.computes;
  const image = x.in(channelsLast(x.shape), stored);
  const taps = kernel.in(kernelLayout(kernel.shape), stored);
  const { strides, dilations } = attributes;
  const isSpread = strides.some((stride) => stride > 1) && dilations.some((dilation) => dilation > 1);
  const dilation = { ...attributes, spread: spreadShape(kernel.shape, dilations), stored };
  const tensors = [image, isSpread ? spreadTaps(emit, taps, dilation) : taps] as const;
  const options = isSpread
    ? convolution(stored, x.shape, dilation.spread, undilated(attributes))
    : convolution(stored, x.shape, knownShape("conv2d", kernel.shape), attributes);
  const name = perGroup(emit, attributes, tensors, (a, k) => emit.node("Conv2D", [a, k], options));
  return [{ name, layout: channelsLast(shape), stored }];
};

export const conv2dInputGradient: Lowering<"conv2dInputGradient"> = (lowering) => {
  const {
    inputs: [gradient, kernel],
    attributes,
    outputs: [{ shape }],
    emit,
  } = lowering;
  if (emit.trains && isDepthwise(shape, attributes)) return depthwiseConv2dInputGradient(lowering);
  const stored = emit.computes;
  const layout = channelsLast(shape);
  const dilation = { ...attributes, spread: spreadShape(kernel.shape, attributes.dilations), stored };
  const tensors = [
    gradient.in(channelsLast(gradient.shape), stored),
    spreadTaps(emit, kernel.in(kernelLayout(kernel.shape), stored), dilation),
  ] as const;
  const options = convolution(stored, shape, dilation.spread, undilated(attributes));
  const [batch, channels, height, width] = shape;
  const perGroupShape = [batch, height, width, known("conv2dInputGradient", channels) / attributes.groups];
  const size = shapeTensor(emit, perGroupShape, tensors[0], stored);
  const name = perGroup(emit, attributes, tensors, (g, k) =>
    emit.node("Conv2DBackpropInput", [size, k, g], options),
  );
  return [{ name, layout, stored }];
};

export const conv2dKernelGradient: Lowering<"conv2dKernelGradient"> = forTraining((lowering) => {
  const {
    inputs: [x, gradient],
    attributes,
    outputs: [{ shape }],
    emit,
  } = lowering;
  if (isDepthwise(x.shape, attributes)) return depthwiseConv2dKernelGradient(lowering);
  const stored = emit.computes;
  const dilation = { ...attributes, spread: spreadShape(shape, attributes.dilations), stored };
  const tensors = [
    x.in(channelsLast(x.shape), stored),
    gradient.in(channelsLast(gradient.shape), stored),
  ] as const;
  const options = convolution(stored, x.shape, dilation.spread, undilated(attributes));
  const [outputs, inputs, height, width] = dilation.spread;
  const size = emit.ints([height, width, inputs, outputs / attributes.groups]);
  const spread = perGroup(emit, attributes, tensors, (a, g) =>
    emit.node("Conv2DBackpropFilter", [a, size, g], options),
  );
  return [{ name: pickTaps(emit, spread, dilation), layout: kernelLayout(shape), stored }];
});

const undilated = (attributes: Conv2dAttributes): Conv2dAttributes => ({ ...attributes, dilations: [1, 1] });
