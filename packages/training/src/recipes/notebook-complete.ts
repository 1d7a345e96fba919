import { notebook } from "./notebook.js";
import type { Recipe } from "./recipe.js";

const one = { type: "constant", value: 1 } as const;

/** The notebook's last cell, which it compiles and never fits: the paper's initialisation and momentum. */
export const notebookComplete: Recipe = {
  ...notebook,
  name: "notebook-complete",
  summary: "the notebook's last cell: N(0, 0.01) kernels, momentum 0.9, learning rate decaying per step",
  initialisation: {
    conv2dKernel: { type: "normal", standardDeviation: 0.01 },
    denseKernel: { type: "normal", standardDeviation: 0.01 },
    bias: { type: "constant", value: 0 },
    overrides: {
      "conv2/bias": one,
      "conv4/bias": one,
      "conv5/bias": one,
      "dense1/bias": one,
      "dense2/bias": one,
    },
  },
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  schedule: { type: "inverseTime", learningRate: 0.01, decay: 0.0005 },
};
