// How much a graph computes.
import { sizeOf } from "@fleuron/model";
import type { Graph, GraphNode, Shape } from "./types.js";

/** Multiplications of its convolutions and products of matrices, beside which all others are few. */
export const multiplicationsOf = ({ nodes, types }: Graph<number>): number =>
  nodes.reduce((sum, node) => sum + ofNode(node, (value) => types[value]!.shape), 0);

function ofNode(
  { operation, inputs, outputs }: GraphNode,
  shapeOf: (value: number) => Shape<number>,
): number {
  const [first, second] = inputs.map(shapeOf) as [Shape<number>, Shape<number>];
  const [output] = outputs.map(shapeOf) as [Shape<number>];
  // Each number of the larger side, once for each tap of the kernel.
  const taps = ([rows, ...rest]: Shape<number>) => (rows === 0 ? 0 : sizeOf(rest));
  switch (operation) {
    case "conv2d":
      return sizeOf(output) * taps(second);
    case "conv2dInputGradient":
      return sizeOf(first) * taps(second);
    case "conv2dKernelGradient":
      return sizeOf(second) * taps(output);
    case "matMul":
      return Math.sqrt(sizeOf(first) * sizeOf(second) * sizeOf(output));
    case "batchMatMul":
      return sizeOf(output) * first.at(-1)!;
    default:
      return 0;
  }
}
