// Which convolutions are computed by Winograd's filtering for training on a processor, and with which tiles.
import type { Conv2dAttributes } from "../../operations/window.js";
import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering } from "../lowering.js";
import { conv2d, conv2dInputGradient } from "../operations/conv2d.js";
import { conv2dKernelGradient } from "../operations/conv2d-kernel-gradient.js";
import { blocksOf } from "./blocks.js";
import { isFilterable } from "./matrices.js";
import {
  hasManyChannels,
  type Problem,
  winogradConv2d,
  winogradInputGradient,
  winogradKernelGradient,
} from "./winograd.js";

/**
 * Outputs of a tile along an axis, by a kernel's size and its stride where that is not 1, as "3" and "11/4". What is not
 * there, and tiles that there are no points for, are computed directly.
 */
export type Tiles = Readonly<Record<string, number>>;

/** How the three operations of a convolution are computed. */
export interface ConvolutionForms {
  readonly forward: Tiles;
  readonly inputGradient: Tiles;
  readonly kernelGradient: Tiles;
}

interface ConvolutionLowerings {
  readonly conv2d: Lowering<"conv2d", number>;
  readonly conv2dInputGradient: Lowering<"conv2dInputGradient", number>;
  readonly conv2dKernelGradient: Lowering<"conv2dKernelGradient", number>;
}

export const convolutionLowerings = (forms: ConvolutionForms): ConvolutionLowerings => ({
  conv2d(lowering) {
    const { inputs, outputs, attributes, emit } = lowering;
    const [x, kernel] = inputs;
    const f = filtering(forms.forward, emit, [x.shape, kernel.shape, outputs[0].shape], attributes);
    if (f === undefined) return conv2d(lowering);
    return [winogradConv2d(emit, f, f.image(x.name), f.kernelBlocks(kernel.name))];
  },
  conv2dInputGradient(lowering) {
    const { inputs, outputs, attributes, emit } = lowering;
    const [gradient, kernel] = inputs;
    const shapes = [outputs[0].shape, kernel.shape, gradient.shape] as const;
    const f = filtering(forms.inputGradient, emit, shapes, attributes);
    if (f === undefined) return conv2dInputGradient(lowering);
    return [f.toImage(winogradInputGradient(emit, f, gradient.name, f.kernelBlocks(kernel.name)))];
  },
  conv2dKernelGradient(lowering) {
    const { inputs, outputs, attributes, emit } = lowering;
    const [x, gradient] = inputs;
    const shapes = [x.shape, outputs[0].shape, gradient.shape] as const;
    const f = filtering(forms.kernelGradient, emit, shapes, attributes);
    if (f === undefined) return conv2dKernelGradient(lowering);
    return [f.toKernel(winogradKernelGradient(emit, f, f.image(x.name), gradient.name))];
  },
});

/** A convolution as Winograd's filtering takes it, and the way of its tensors there and back, by name. */
interface Filtering extends Problem {
  image(x: string): string;
  kernelBlocks(kernel: string): string;
  toImage(image: string): string;
  toKernel(kernel: string): string;
}

type Shapes = readonly [x: Shape<number, 4>, kernel: Shape<number, 4>, output: Shape<number, 4>];

/** Undefined for what is to be computed directly. */
function filtering(
  tiles: Tiles,
  emit: OnnxEmitter,
  [x, kernel, output]: Shapes,
  attributes: Conv2dAttributes,
): Filtering | undefined {
  const { strides, pads, dilations, groups } = attributes;
  const [stride] = strides;
  const [, , taps, tapsAcross] = kernel;
  const perTile = tiles[stride === 1 ? `${taps}` : `${taps}/${stride}`];
  const isPlain =
    strides[1] === stride && taps === tapsAcross && [...dilations, groups].every((each) => each === 1);
  if (perTile === undefined || !isPlain) return undefined;
  const same = (name: string) => name;
  const problem =
    stride === 1
      ? { x, kernel, output, pads, image: same, kernelBlocks: same, toImage: same, toKernel: same }
      : blocksOf(emit, x, kernel, output, attributes);
  const isSuited = hasManyChannels(problem) && isFilterable(perTile, problem.kernel[2]);
  return isSuited ? { ...problem, perTile } : undefined;
}
