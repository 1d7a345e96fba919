import { modern } from "./modern.js";
import type { Recipe } from "./recipe.js";

/**
 * For a network that has learnt from other photos: its head is new and learns fast, its body changes little. Photos become
 * inputs as the network's own file says.
 */
export const fineTune: Recipe = {
  ...modern,
  name: "fine-tune",
  summary: "for a network file: all layers learn, the body at a tenth of the new head's rate; mild crops",
  epochs: 8,
  keepPartialBatch: true,
  batchSize: 16,
  mixedPrecision: false,
  bodyRate: 0.1,
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 1e-4, clipNorm: 5 },
  schedule: { type: "warmupCosine", learningRate: 0.05, warmupEpochs: 0.5 },
  augmentation: {
    type: "randomResizedCrop",
    area: [0.5, 1],
    aspectRatio: [3 / 4, 4 / 3],
    flip: true,
    brightness: 0.1,
    contrast: 0.1,
    saturation: 0.1,
  },
  mixing: null,
};
