// The gradient of a kernel where each channel is a group, so that no matrix product of all channels has it.

import { padded } from "../padded.js";
import { type KernelGradientProblem, tapSlices } from "./kernel-gradient-problem.js";

/** So many pixels of a row for each tap, and the products of all pairs of columns cost more than moving the image. */
const widestRow = 8;

/** The gradient by that of three ways that takes least time on onnxruntime's processor kernels. */
export function depthwiseKernelGradient(problem: KernelGradientProblem, x: string, gradient: string): string {
  const { size, strides } = problem.attributes;
  const isStrided = strides.some((stride) => stride > 1);
  if (!isStrided && reach(problem, 1) <= widestRow * size[1]) return byRows(problem, x, gradient);
  const isWide = isStrided || size.some((taps) => taps > 3);
  return (problem.batch !== undefined && isWide ? byPhotos : byTaps)(problem, x, gradient);
}

/** How many rows (axis 0) or columns (axis 1) of the padded input are read. */
const reach = ({ attributes: { size, strides, dilations }, output }: KernelGradientProblem, axis: 0 | 1) =>
  (output[axis] - 1) * strides[axis] + (size[axis] - 1) * dilations[axis] + 1;

/**
 * At stride 1: for each row of the kernel and each channel, the products of all columns of the output's gradient with all columns of the rows
 * that it reads, summed over rows and photos: one matrix product. The sums of its diagonals are that row of the kernel's gradient.
 */
function byRows(problem: KernelGradientProblem, x: string, gradient: string): string {
  const { emit, attributes, outputs, output } = problem;
  const { size, dilations, pads, groups } = attributes;
  const [rows, columns] = output;
  const columnsRead = reach(problem, 1);
  const filters = groups * outputs;
  const byColumn = emit.node("Transpose", [gradient], { perm: { ints: [1, 3, 0, 2] } });
  const gradients = emit.node("Reshape", [byColumn, emit.ints([groups, outputs * columns, -1])]);
  const image = emit.node("Transpose", [padded(emit, x, pads)], { perm: { ints: [1, 0, 2, 3] } });
  const products = Array.from({ length: size[0] }, (_, tap) => {
    const top = tap * dilations[0];
    const bounds = [emit.ints([top, 0]), emit.ints([top + rows, columnsRead])];
    const read = emit.node("Slice", [image, ...bounds, emit.ints([2, 3])]);
    const pixels = emit.node("Reshape", [read, emit.ints([groups, -1, columnsRead])]);
    const product = emit.node("MatMul", [gradients, pixels]);
    return emit.node("Reshape", [product, emit.ints([filters, 1, columns * columnsRead])]);
  });
  const all = products.length === 1 ? products[0]! : emit.node("Concat", products, { axis: { int: 1 } });
  // In rows longer by one, each lies one further to the left: what was a diagonal is a column.
  const longer = emit.node("Pad", [all, emit.ints([0, 0, 0, 0, 0, columns])]);
  const skewed = emit.node("Reshape", [longer, emit.ints([filters, size[0], columns, columnsRead + 1])]);
  const taps = [emit.ints([0]), emit.ints([(size[1] - 1) * dilations[1] + 1]), emit.ints([3])];
  const diagonals = emit.node("Slice", [skewed, ...taps, emit.ints([dilations[1]])]);
  const kernel = emit.node("ReduceSum", [diagonals, emit.ints([2])], { keepdims: { int: 0 } });
  return emit.node("Reshape", [kernel, emit.ints([filters, 1, ...size])]);
}

/**
 * A convolution of each photo's channel with the output's gradient as its kernel, whose
 * strides and dilations have changed places, summed over the photos.
 */
function byPhotos(problem: KernelGradientProblem, x: string, gradient: string): string {
  const { emit, attributes, outputs, input, output, batch } = problem;
  const { size, strides, dilations, pads, groups } = attributes;
  // What no window reads gives places beyond the kernel's, which are cut off.
  const after = ([0, 1] as const).map((axis) => reach(problem, axis) - input[axis] - pads[axis]);
  const places = emit.node(
    "Conv",
    [
      emit.node("Reshape", [x, emit.ints([1, batch! * groups, ...input])]),
      emit.node("Reshape", [gradient, emit.ints([batch! * groups * outputs, 1, ...output])]),
    ],
    {
      kernel_shape: { ints: output },
      strides: { ints: dilations },
      dilations: { ints: strides },
      pads: { ints: [pads[0], pads[1], ...after.map((pad) => Math.max(pad, 0))] },
      group: { int: batch! * groups },
    },
  );
  const kernels = after.every((pad) => pad >= 0)
    ? places
    : emit.node("Slice", [places, emit.ints([0, 0]), emit.ints(size), emit.ints([2, 3])]);
  const ofPhotos = emit.node("Reshape", [kernels, emit.ints([batch!, groups * outputs, 1, ...size])]);
  return emit.node("ReduceSum", [ofPhotos, emit.ints([0])], { keepdims: { int: 0 } });
}

/** What each tap reads, times the output's gradient, summed. */
function byTaps(
  { emit, attributes, outputs, output }: KernelGradientProblem,
  x: string,
  gradient: string,
): string {
  const { size, strides, dilations, pads, groups } = attributes;
  const perChannel = (name: string, count: number) =>
    emit.node("Reshape", [name, emit.ints([0, groups, count, ...output])]);
  const outer = perChannel(gradient, outputs);
  const window = { taps: size, step: dilations, strides, output };
  const taps = tapSlices(emit, padded(emit, x, pads), window).map((tap) => {
    const products = emit.node("Mul", [perChannel(tap, 1), outer]);
    const sums = emit.node("ReduceSum", [products, emit.ints([0, 3, 4])], { keepdims: { int: 0 } });
    return emit.node("Reshape", [sums, emit.ints([groups * outputs, 1])]);
  });
  const whole = taps.length === 1 ? taps[0]! : emit.node("Concat", taps, { axis: { int: 1 } });
  return emit.node("Reshape", [whole, emit.ints([groups * outputs, 1, ...size])]);
}
