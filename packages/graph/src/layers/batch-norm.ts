import type { LayerOfType } from "@fleuron/model";
import type { Tensor } from "../operation.js";
import { add, multiply } from "../operations/arithmetic.js";
import { batchNormInference, batchNorm as normalise } from "../operations/batch-norm.js";
import { constant } from "../operations/constant.js";
import type { LayerLowering } from "./layer.js";

/** A training step moves the statistics towards the batch's: moving × momentum + batch × (1 − momentum). */
export const batchNorm: LayerLowering<LayerOfType<"batchNorm">> = (layer, [x], context) => {
  const [gamma, beta] = [context.parameter("gamma"), context.parameter("beta")];
  const [movingMean, movingVariance] = [context.parameter("movingMean"), context.parameter("movingVariance")];
  const { epsilon } = layer;
  if (!context.training) {
    return batchNormInference(x, { gamma, beta, mean: movingMean, variance: movingVariance }, { epsilon });
  }
  const { y, mean, variance } = normalise(x, gamma, beta, { epsilon });
  const moved = (moving: Tensor, batch: Tensor) =>
    add(
      multiply(moving, constant(x.builder, layer.momentum)),
      multiply(batch, constant(x.builder, 1 - layer.momentum)),
    );
  context.update("movingMean", moved(movingMean, mean));
  context.update("movingVariance", moved(movingVariance, variance));
  return y;
};
