// Steps alone, on random photos in memory, each followed by a large matrix product on the same threads.
import { initialState, recipes } from "@fleuron/training";
import { OnnxEngine } from "@fleuron/training/onnx";
import * as ort from "onnxruntime-node";
import { fullWidthPlan } from "./full-width-plan.js";
import { givenOptions, report } from "./in-process.js";
import { peakRssBytes } from "./peak-memory.js";
import { matrixProduct } from "./profile/machine-rates.js";
import { masksOf, randomBatch } from "./random-batch.js";
import { median } from "./statistics.js";

export interface StepsResult {
  readonly stepMs: number;
  readonly matMulGflops: number;
  readonly peakRssBytes: number;
}

const warmUp = 3;

const { steps, threads } = givenOptions<{ steps: number; threads: number }>();
const plan = fullWidthPlan();
const description = { engine: "onnx-cpu", precision: "float32", threads, versions: {} };
await using engine = new OnnxEngine(plan, { runtime: ort, threads, description });
await engine.write(initialState(plan, recipes.modern.initialisation, 0));
const product = await matrixProduct(threads);

const stepTimes: number[] = [];
const multiplyTimes: number[] = [];
for (let step = 0; step < warmUp + steps; step++) {
  const batch = { ...randomBatch(), dropoutMasks: masksOf(step) };
  const stepMs = await timed(() => engine.step(batch, { learningRate: 0.001 }));
  const multiplyMs = await product.measure();
  if (step < warmUp) continue;
  stepTimes.push(stepMs);
  multiplyTimes.push(multiplyMs);
}
report({
  stepMs: median(stepTimes),
  matMulGflops: product.work / 1e6 / median(multiplyTimes),
  peakRssBytes: peakRssBytes(),
} satisfies StepsResult);

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
