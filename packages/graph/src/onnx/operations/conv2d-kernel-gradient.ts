// The gradient of a convolution's kernel as one matrix product per few photos: explicit im2col of the input, one
// Slice per tap of the kernel, times the output's gradient.

import type { Conv2dGradientAttributes } from "../../operations/conv2d.js";
import { knownShape } from "../../shapes.js";
import type { OnnxEmitter } from "../emitter.js";
import type { Lowering } from "../lowering.js";
import { padded } from "../padded.js";
import { depthwiseKernelGradient } from "./depthwise-kernel-gradient.js";
import { type KernelGradientProblem, type Taps, tapSlices } from "./kernel-gradient-problem.js";

/** So few photos that their columns stay in a processor's cache; the products are summed through Gemm's C. */
const photosPerChunk = 4;

/** A matrix product of fewer positions is better made of several photos. */
const fewestPositions = 100;

export const conv2dKernelGradient: Lowering<"conv2dKernelGradient"> = ({
  inputs: [x, gradient],
  attributes,
  emit,
}) => {
  const { groups } = attributes;
  const [batch, ...image] = gradient.shape;
  const [outputs, rows, columns] = knownShape("conv2dKernelGradient", image);
  const [, ...planes] = x.shape;
  const [channels, height, width] = knownShape("conv2dKernelGradient", planes);
  const problem = {
    emit,
    attributes,
    channels: channels / groups,
    outputs: outputs / groups,
    input: [height, width] as const,
    output: [rows, columns] as const,
    batch: typeof batch === "number" ? batch : undefined,
  };
  if (groups > 1 && groups === channels) return [depthwiseKernelGradient(problem, x.name, gradient.name)];
  if (groups === 1 && isPointwise(attributes) && rows * columns >= fewestPositions)
    return [pointwiseGradient(problem, x.name, gradient.name)];
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = (name: string, channels: number) =>
      groups === 1
        ? name
        : slice(emit, name, { axis: 1, begin: group * channels, end: (group + 1) * channels });
    return groupGradient(problem, part(x.name, problem.channels), part(gradient.name, problem.outputs));
  });
  return [groups === 1 ? parts[0]! : emit.node("Concat", parts, { axis: { int: 0 } })];
};

function groupGradient(problem: KernelGradientProblem, x: string, gradient: string): string {
  const { emit, outputs, batch } = problem;
  const columns = suitsBlocks(problem) ? blockColumns(problem) : tapColumns(problem);
  const chunks = batch === undefined ? 1 : Math.ceil(batch / photosPerChunk);
  let total: string | undefined;
  for (let chunk = 0; chunk < chunks; chunk++) {
    const begin = chunk * photosPerChunk;
    const part = (name: string) =>
      chunks === 1 ? name : slice(emit, name, { axis: 0, begin, end: begin + photosPerChunk });
    const filtersFirst = emit.node("Reshape", [
      channelsFirst(emit, part(gradient)),
      emit.ints([outputs, -1]),
    ]);
    const matrix = columns.of(part(x));
    total = emit.node("Gemm", total ? [filtersFirst, matrix, total] : [filtersFirst, matrix], {
      transB: { int: 1 },
    });
  }
  return columns.toKernel(total!);
}

/** How an input becomes a matrix [taps × channels, positions], and a product [outputs, taps × channels] a kernel. */
interface Columns {
  of(x: string): string;
  toKernel(product: string): string;
}

/** One strided Slice per tap. */
function tapColumns(problem: KernelGradientProblem): Columns {
  const { emit, attributes, channels, outputs, output } = problem;
  const { size, strides, dilations, pads } = attributes;
  return {
    of(x) {
      const image = channelsFirst(emit, padded(emit, x, pads));
      return stacked(problem, image, { taps: size, step: dilations, strides, output });
    },
    toKernel(product) {
      const taps = emit.node("Reshape", [product, emit.ints([outputs, ...size, channels])]);
      return emit.node("Transpose", [taps], { perm: { ints: [0, 3, 1, 2] } });
    },
  };
}

/** A stride of s, by which a kernel of k taps is k ÷ s taps over blocks of s × s pixels taken as channels. */
const suitsBlocks = ({ attributes: { strides, dilations } }: KernelGradientProblem) =>
  strides[0] > 1 && strides[0] === strides[1] && dilations.every((dilation) => dilation === 1);

/** One Slice per tap of blocks: 9 instead of 121 for 11 × 11 at stride 4. */
function blockColumns(problem: KernelGradientProblem): Columns {
  const { emit, attributes, channels, outputs, input, output } = problem;
  const { size, strides, pads } = attributes;
  const [stride] = strides;
  const taps = [Math.ceil(size[0] / stride), Math.ceil(size[1] / stride)] as const;
  return {
    of(x) {
      // As many rows and columns as the blocks reach; a negative pad cuts off what no window reads.
      const after = (axis: 0 | 1) => (output[axis] + taps[axis] - 1) * stride - pads[axis] - input[axis];
      const image = padded(emit, x, [pads[0], pads[1], after(0), after(1)]);
      const blocks = channelsFirst(emit, emit.node("SpaceToDepth", [image], { blocksize: { int: stride } }));
      return stacked(problem, blocks, { taps, step: [1, 1], strides: [1, 1], output });
    },
    toKernel(product) {
      const blocks = emit.node("Reshape", [product, emit.ints([outputs, ...taps, stride, stride, channels])]);
      const pixels = emit.node("Transpose", [blocks], { perm: { ints: [0, 5, 1, 3, 2, 4] } });
      const whole = emit.node("Reshape", [
        pixels,
        emit.ints([outputs, channels, taps[0] * stride, taps[1] * stride]),
      ]);
      return emit.node("Slice", [whole, emit.ints([0, 0]), emit.ints(size), emit.ints([2, 3])]);
    },
  };
}

/** The positions that each tap reads, tap after tap, from an image with its channels first. */
function stacked({ emit }: KernelGradientProblem, image: string, window: Taps): string {
  const rows = tapSlices(emit, image, window).map((tap) => emit.node("Reshape", [tap, emit.ints([0, -1])]));
  return rows.length === 1 ? rows[0]! : emit.node("Concat", rows, { axis: { int: 0 } });
}

const isPointwise = ({ size, strides, pads }: Conv2dGradientAttributes): boolean =>
  [...size, ...strides].every((length) => length === 1) && pads.every((pad) => pad === 0);

/** The gradient of a kernel of one pixel: a product for each photo, which onnxruntime transposes as it multiplies, summed. */
function pointwiseGradient(
  { emit, channels, outputs }: KernelGradientProblem,
  x: string,
  gradient: string,
): string {
  const positions = (name: string, planes: number) =>
    emit.node("Reshape", [name, emit.ints([0, planes, -1])]);
  const turned = emit.node("Transpose", [positions(x, channels)], { perm: { ints: [0, 2, 1] } });
  const products = emit.node("MatMul", [positions(gradient, outputs), turned]);
  const sum = emit.node("ReduceSum", [products, emit.ints([0])], { keepdims: { int: 0 } });
  return emit.node("Reshape", [sum, emit.ints([outputs, channels, 1, 1])]);
}

const channelsFirst = (emit: OnnxEmitter, name: string): string =>
  emit.node("Transpose", [name], { perm: { ints: [1, 0, 2, 3] } });

const slice = (
  emit: OnnxEmitter,
  name: string,
  { axis, begin, end }: { axis: number; begin: number; end: number },
): string => emit.node("Slice", [name, emit.ints([begin]), emit.ints([end]), emit.ints([axis])]);
