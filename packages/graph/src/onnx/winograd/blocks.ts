// A convolution of stride s as one of stride 1 over blocks of s × s pixels, taken as channels: of 11 × 11 taps at
// stride 4 it has 3 × 3, for which Winograd's filtering pays.
import type { Conv2dAttributes } from "../../operations/window.js";
import type { Shape } from "../../types.js";
import type { OnnxEmitter } from "../emitter.js";
import { type Edges, padded } from "../padded.js";
import type { Problem } from "./winograd.js";

/** The convolution over blocks, and the way of each tensor there and back, by name. */
export interface Blocks extends Omit<Problem, "perTile"> {
  image(x: string): string;
  kernelBlocks(kernel: string): string;
  toImage(blocks: string): string;
  toKernel(blocks: string): string;
}

/** A convolution with square kernels and one stride along both axes, over its blocks. */
export function blocksOf(
  emit: OnnxEmitter,
  [batch, channels, height, width]: Shape<number, 4>,
  [filters, , window]: Shape<number, 4>,
  output: Shape<number, 4>,
  { strides: [stride], pads }: Conv2dAttributes,
): Blocks {
  const taps = Math.ceil(window / stride);
  const size = [output[2] + taps - 1, output[3] + taps - 1] as const;
  const around: Edges = [
    pads[0],
    pads[1],
    size[0] * stride - pads[0] - height,
    size[1] * stride - pads[1] - width,
  ];
  const beyond = taps * stride - window;
  const afterTaps: Edges = [0, 0, beyond, beyond];
  const blocksize = { blocksize: { int: stride } };
  const gather = (name: string, edges: Edges) =>
    emit.node("SpaceToDepth", [padded(emit, name, edges)], blocksize);
  const spread = (name: string, [top, left, bottom, right]: Edges) =>
    padded(emit, emit.node("DepthToSpace", [name], blocksize), [-top, -left, -bottom, -right]);
  return {
    x: [batch, channels * stride ** 2, ...size],
    kernel: [filters, channels * stride ** 2, taps, taps],
    output,
    pads: [0, 0, 0, 0],
    image: (x) => gather(x, around),
    kernelBlocks: (kernel) => gather(kernel, afterTaps),
    toImage: (blocks) => spread(blocks, around),
    toKernel: (blocks) => spread(blocks, afterTaps),
  };
}
