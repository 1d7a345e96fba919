// Steps alone, on random photos in memory, each followed by a large matrix product on the same threads.
import { GraphBuilder, matMul } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import { alexnet } from "@fleuron/model";
import { initialState, recipes, type TrainingPlan } from "@fleuron/training";
import { OnnxEngine } from "@fleuron/training/onnx";
import * as ort from "onnxruntime-node";
import { givenOptions, report } from "./in-process.js";
import { batchSize, masksOf, randomBatch } from "./random-batch.js";
import { median } from "./statistics.js";

export interface StepsResult {
  readonly stepMs: number;
  readonly matMulGflops: number;
  readonly peakRssBytes: number;
}

const matrixSize = 2048;
const warmUp = 3;

const { steps, threads } = givenOptions<{ steps: number; threads: number }>();
const recipe = recipes.modern;
const plan: TrainingPlan = {
  network: alexnet({ classes: 5, ...recipe.network }),
  optimiser: recipe.optimiser,
  precision: "float32",
  batchSize,
};
const description = { engine: "onnx-cpu", precision: "float32", threads, versions: {} };
await using engine = new OnnxEngine(plan, { runtime: ort, threads, description });
await engine.write(initialState(plan, recipe.initialisation, 0));
const multiply = await matrixProduct(threads);

const stepTimes: number[] = [];
const multiplyTimes: number[] = [];
for (let step = 0; step < warmUp + steps; step++) {
  const batch = { ...randomBatch(), dropoutMasks: masksOf(step) };
  const stepMs = await timed(() => engine.step(batch, { learningRate: 0.001 }));
  const multiplyMs = await timed(multiply);
  if (step < warmUp) continue;
  stepTimes.push(stepMs);
  multiplyTimes.push(multiplyMs);
}
report({
  stepMs: median(stepTimes),
  matMulGflops: (2 * matrixSize ** 3) / 1e6 / median(multiplyTimes),
  peakRssBytes: process.resourceUsage().maxRSS * 1024,
} satisfies StepsResult);

async function matrixProduct(intraOpNumThreads: number): Promise<() => Promise<unknown>> {
  const builder = new GraphBuilder("matrix-product");
  const operand = (name: string) => builder.input(name, { type: "tensor" }, [matrixSize, matrixSize]);
  builder.output("product", matMul(operand("a"), operand("b")));
  const session = await ort.InferenceSession.create(toOnnx(builder.build()), { intraOpNumThreads });
  const matrix = new ort.Tensor("float32", new Float32Array(matrixSize ** 2).fill(0.5), [
    matrixSize,
    matrixSize,
  ]);
  return () => session.run({ a: matrix, b: matrix });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
