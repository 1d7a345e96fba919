// The table from kinds of layers to graph operations.
import type { Layer, LayerOfType, LayerType } from "@fleuron/model";
import type { Tensor } from "../operation.js";
import { add, multiply } from "../operations/arithmetic.js";
import { maxPool } from "../operations/max-pool.js";
import { reduceMean } from "../operations/reduce-mean.js";
import { reshape } from "../operations/reshape.js";
import { activate } from "./activation.js";
import { batchNorm } from "./batch-norm.js";
import { conv2d } from "./conv2d.js";
import { dense } from "./dense.js";
import type { LayerContext, LayerLowering } from "./layer.js";

const lowerings: { readonly [Type in LayerType]: LayerLowering<LayerOfType<Type>> } = {
  activation: (layer, [x]) => activate(layer, x),
  add: (_, [first, ...rest]) => rest.reduce((sum, x) => add(sum, x), first),
  batchNorm,
  conv2d,
  dense,
  dropout: (layer, [x], context) =>
    context.training && layer.rate > 0 ? multiply(x, context.dropoutMask(x, 1 - layer.rate)) : x,
  flatten: (_, [x], context) => reshape(x, [x.shape[0]!, ...context.resolved.outputShape]),
  globalAveragePool2d: (_, [x]) => reduceMean(x, { axes: [2, 3], keepDimensions: false }),
  maxPool2d({ poolSize, strides, padding: [vertical, horizontal] = [0, 0] }, [x]) {
    const pads = [vertical, horizontal, vertical, horizontal] as const;
    return maxPool(x, { kernelSize: poolSize, strides, pads });
  },
};

export function lowerLayer(
  layer: Layer,
  inputs: readonly [Tensor, ...Tensor[]],
  context: LayerContext,
): Tensor {
  // The table pairs each type with its own lowering, which the compiler cannot follow through an index.
  return (lowerings[layer.type] as LayerLowering<Layer>)(layer, inputs, context);
}
