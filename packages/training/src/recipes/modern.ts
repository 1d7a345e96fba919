import type { Recipe } from "./recipe.js";

/** Ours: random crops, colours, CutMix and mixup, label smoothing, Nesterov with warm-up and cosine. */
export const modern: Recipe = {
  name: "modern",
  summary: "random crops and colours, CutMix and mixup, Nesterov momentum with warm-up and cosine",
  epochs: 55,
  batchSize: 32,
  keepPartialBatch: false,
  network: { dropout: 0.5, batchNormMomentum: 0.9 },
  mixedPrecision: true,
  initialisation: {
    conv2dKernel: { type: "cosines" },
    denseKernel: { type: "normal", standardDeviation: 0.01 },
    bias: { type: "constant", value: 0 },
  },
  optimiser: { type: "sgd", momentum: 0.9, nesterov: true, weightDecay: 5e-4, clipNorm: 5 },
  schedule: { type: "warmupCosine", learningRate: 0.02, warmupEpochs: 2 },
  labelSmoothing: 0.1,
  preprocessing: {
    fit: "cover",
    filter: "triangle",
    resizeRatio: 256 / 227,
    // The values of ImageNet, as everyone uses them (those of the flower photos differ little).
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  },
  augmentation: {
    type: "randomResizedCrop",
    area: [0.25, 1],
    aspectRatio: [3 / 4, 4 / 3],
    flip: true,
    brightness: 0.3,
    contrast: 0.3,
    saturation: 0.3,
  },
  mixing: { probability: 0.5, cutMixAlpha: 1, mixupAlpha: 0.2 },
};
