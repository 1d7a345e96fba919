import { notebookComplete } from "./notebook-complete.js";
import type { Recipe } from "./recipe.js";

/**
 * Krizhevsky, Sutskever and Hinton 2012, sections 4 and 5, on this network. Pixels are levels less their mean over
 * the training photos, unscaled. The momentum is as Keras has it; the rate is divided by ten when the validation
 * accuracy stalls, three times at most.
 */
export const paper: Recipe = {
  name: "paper",
  summary:
    "Krizhevsky et al. 2012: random crops, PCA colours, batches of 128, rate ÷ 10 when accuracy stalls",
  epochs: 90,
  batchSize: 128,
  keepPartialBatch: false,
  // Some twenty steps an epoch: with Keras' 0.99 the moving statistics would lag behind by epochs.
  network: { dropout: 0.5, batchNormMomentum: 0.9 },
  mixedPrecision: true,
  initialisation: notebookComplete.initialisation,
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 5e-4, clipNorm: null },
  schedule: { type: "plateau", learningRate: 0.01, factor: 0.1, patience: 8, minimum: 1e-5 },
  labelSmoothing: 0,
  preprocessing: {
    fit: "cover",
    filter: "triangle",
    resizeRatio: 256 / 227,
    mean: "training-photos",
    std: [1 / 255, 1 / 255, 1 / 255],
  },
  augmentation: { type: "randomCrop", flip: true, colourNoise: 0.1 },
  mixing: null,
  test: "ten-crop",
};
