import { alexnet } from "@fleuron/model";
import { expect, it } from "vitest";
import { leastBytes } from "./least-bytes.js";
import type { TrainingPlan } from "./plan.js";
import { requireMemory } from "./require-memory.js";

const [processor, gpu] = [{}, { ownMemory: true }] as const;

const planOf = (imageSize: number, batchSize: number, width = 1): TrainingPlan => ({
  network: alexnet({ classes: 2, imageSize, width }),
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize,
});

it("counts weights, statistics, momentum, gradients and photos", () => {
  const parameters = 58_295_042;
  const learning = parameters - 2 * (96 + 256 + 384 + 384 + 256);
  expect(leastBytes(planOf(227, 32))).toBe(4 * (parameters + 2 * learning + 32 * 3 * 227 * 227));
});

it("refuses an absurd image size, and says what it would take", () => {
  expect(() => requireMemory(planOf(100_000, 32, 0.05), processor, 24e9)).toThrow(
    expect.objectContaining({
      code: "out-of-memory",
      message: expect.stringMatching(
        /^Photos of 100000 × 100000 pixels, 32 a step, take at least [\d,]+ GB of memory; there are 24 GB\.$/,
      ),
      hint: expect.stringContaining("`imageSize`"),
    }),
  );
});

it("lets pass what may fit, and leaves a GPU's memory to the GPU", () => {
  requireMemory(planOf(227, 128), processor, 2e9);
  requireMemory(planOf(100_000, 32, 0.05), gpu, 24e9);
});
