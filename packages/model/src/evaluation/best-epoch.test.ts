import { expect, it } from "vitest";
import { bestEpochInWords } from "./best-epoch.js";

const figures = { valLoss: 0.57, valAccuracy: 0.83 };

it.each([
  ["epoch 55 of 55, the end of its schedule", { epoch: 55, why: "the end of its schedule" }, 55],
  ["epoch 55 of 80, the end of a shorter schedule", { epoch: 55, why: "the end of its schedule" }, 80],
  [
    "epoch 12 of 22, lowest smoothed validation loss",
    { epoch: 12, why: "lowest smoothed validation loss" },
    22,
  ],
  ["epoch 12 of 22", { epoch: 12 }, 22],
] as const)("says %s", (words, best, epochs) => {
  expect(bestEpochInWords({ ...figures, ...best }, epochs)).toBe(words);
});
