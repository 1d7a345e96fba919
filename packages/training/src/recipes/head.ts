import { fineTune } from "./fine-tune.js";
import type { Recipe } from "./recipe.js";

const { bodyRate: _, ...tuned } = fineTune;

/** For few photos: the body stays as it is, and a new head learns what it sees. */
export const head: Recipe = {
  ...tuned,
  name: "head",
  summary: "for a network file and few photos: a new head on a body that stays as it is",
  trainable: "head",
  epochs: 30,
  labelSmoothing: 0,
  augmentation: { type: "none" },
};
