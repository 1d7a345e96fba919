import type { Recipe } from "./recipe.js";

/** The notebook's first model as it ran: `tf.optimizers.SGD(lr=0.001)` is ignored by Keras, which takes 0.01. */
export const notebook: Recipe = {
  name: "notebook",
  summary: "the notebook's model as it ran: squashed photos, plain SGD at 0.01, no augmentation",
  epochs: 50,
  batchSize: 32,
  keepPartialBatch: true,
  network: { dropout: 0.5, batchNormMomentum: 0.99 },
  mixedPrecision: false,
  initialisation: {
    conv2dKernel: { type: "glorotUniform" },
    denseKernel: { type: "glorotUniform" },
    bias: { type: "constant", value: 0 },
  },
  optimiser: { type: "sgd", momentum: 0, nesterov: false, weightDecay: 0, clipNorm: null },
  schedule: { type: "inverseTime", learningRate: 0.01, decay: 0 },
  labelSmoothing: 0,
  preprocessing: { fit: "squash", filter: "nearest", resizeRatio: 1, mean: [0, 0, 0], std: [1, 1, 1] },
  augmentation: { type: "none" },
  mixing: null,
};
