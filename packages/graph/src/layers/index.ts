// The table from kinds of layers to graph operations.
import type { Layer, LayerOfType, LayerType } from "@fleuron/model";
import type { Tensor } from "../operation.js";
import { multiply } from "../operations/arithmetic.js";
import { maxPool } from "../operations/max-pool.js";
import { reshape } from "../operations/reshape.js";
import { batchNorm } from "./batch-norm.js";
import { conv2d } from "./conv2d.js";
import { dense } from "./dense.js";
import type { LayerContext, LayerLowering } from "./layer.js";

const lowerings: { readonly [Type in LayerType]: LayerLowering<LayerOfType<Type>> } = {
  batchNorm,
  conv2d,
  dense,
  dropout: (layer, [x], context) =>
    context.training && layer.rate > 0 ? multiply(x, context.dropoutMask(x, 1 - layer.rate)) : x,
  flatten: (_, [x], context) => reshape(x, [x.shape[0]!, ...context.resolved.outputShape]),
  maxPool2d: (layer, [x]) =>
    maxPool(x, { kernelSize: layer.poolSize, strides: layer.strides, pads: [0, 0, 0, 0] }),
};

export function lowerLayer(
  layer: Layer,
  inputs: readonly [Tensor, ...Tensor[]],
  context: LayerContext,
): Tensor {
  // The table pairs each type with its own lowering, which the compiler cannot follow through an index.
  return (lowerings[layer.type] as LayerLowering<Layer>)(layer, inputs, context);
}
