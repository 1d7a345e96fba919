// Convolutions of each channel by itself, and their two derivatives: kernels [O, 1, H, W] as H,W,C,O ÷ C. In float32, as
// TensorFlow has no others on every machine.
import type { Conv2dAttributes } from "../operations/window.js";
import { knownShape } from "../shapes.js";
import type { Dimension, Shape } from "../types.js";
import { convolution } from "./convolution.js";
import { channelsLast, kernelLayout, physicalShape } from "./layout.js";
import type { Lowering } from "./lowering.js";
import { shapeTensor } from "./shape-tensor.js";

/** TensorFlow's kernels know one stride, and no dilation. */
export const isDepthwise = (x: Shape, { groups, strides, dilations }: Conv2dAttributes): boolean =>
  groups > 1 && groups === x[1] && strides[0] === strides[1] && dilations.every((each) => each === 1);

const depthwiseShape = (kernel: Shape<Dimension, 4>, groups: number): Shape<number, 4> => {
  const [outputs, , height, width] = knownShape("conv2d", kernel);
  return [height, width, groups, outputs / groups];
};

export const depthwiseConv2d: Lowering<"conv2d"> = ({
  inputs: [x, kernel],
  attributes,
  outputs: [{ shape }],
  emit,
}) => {
  const stacked = depthwiseShape(kernel.shape, attributes.groups);
  const filter = emit.reshape(kernel.in(kernelLayout(kernel.shape)), "float32", stacked);
  const options = convolution("float32", x.shape, knownShape("conv2d", kernel.shape), attributes);
  const name = emit.node("DepthwiseConv2dNative", [x.in(channelsLast(x.shape)), filter], options);
  return [{ name, layout: channelsLast(shape) }];
};

export const depthwiseConv2dInputGradient: Lowering<"conv2dInputGradient"> = ({
  inputs: [gradient, kernel],
  attributes,
  outputs: [{ shape }],
  emit,
}) => {
  const layout = channelsLast(shape);
  const stacked = depthwiseShape(kernel.shape, attributes.groups);
  const filter = emit.reshape(kernel.in(kernelLayout(kernel.shape)), "float32", stacked);
  const outer = gradient.in(channelsLast(gradient.shape));
  const size = shapeTensor(emit, physicalShape(layout), outer, "float32");
  const options = convolution("float32", shape, knownShape("conv2d", kernel.shape), attributes);
  const name = emit.node("DepthwiseConv2dNativeBackpropInput", [size, filter, outer], options);
  return [{ name, layout }];
};

export const depthwiseConv2dKernelGradient: Lowering<"conv2dKernelGradient"> = ({
  inputs: [x, gradient],
  attributes,
  outputs: [{ shape }],
  emit,
}) => {
  const layout = kernelLayout(shape);
  const size = emit.ints(depthwiseShape(shape, attributes.groups));
  const tensors = [x.in(channelsLast(x.shape)), size, gradient.in(channelsLast(gradient.shape))];
  const options = convolution("float32", x.shape, knownShape("conv2d", shape), attributes);
  const stacked = emit.node("DepthwiseConv2dNativeBackpropFilter", tensors, options);
  return [{ name: emit.reshape(stacked, "float32", physicalShape(layout)), layout }];
};
