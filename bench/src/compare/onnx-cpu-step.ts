// The contender `onnx-cpu`, in a process of its own: bench/peers/contender.py says what it is told and answers.
import { createInterface } from "node:readline";
import { alexnet, networkParameters, sizeOf } from "@fleuron/model";
import { initialState, OnnxEngine, recipes, type TrainingPlan } from "@fleuron/trainer";
import * as ort from "onnxruntime-node";
import { batchSize, masksOf, randomBatch } from "../random-batch.js";

const { threads }: { threads: number } = JSON.parse(process.argv[2]);
const plan: TrainingPlan = {
  network: alexnet({ classes: 5 }),
  loss: { type: "softmaxCrossEntropy" },
  optimiser: { type: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0, clipNorm: null },
  precision: "float32",
  batchSize,
};
const description = { engine: "onnx-cpu", precision: "float32", threads, versions: {} };
await using engine = new OnnxEngine(plan, { runtime: ort, threads, description });
// The peers start from the same: He-normal convolutions, N(0, 0.01) dense layers.
await engine.write(initialState(plan, recipes.modern.initialisation, 0));

const learning = networkParameters(plan.network).filter(({ trainable }) => trainable);
answer({
  ready: {
    parameters: learning.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    versions: { node: process.versions.node, onnxruntime: ort.env.versions.node ?? "unknown" },
  },
});
let step = 0;
for await (const _ of createInterface(process.stdin)) {
  const batch = randomBatch();
  const start = performance.now();
  // Peers draw their dropout masks within a step, so we do.
  const { loss } = await engine.step({ ...batch, noise: masksOf(step++) }, { learningRate: 0.001 });
  answer({ step: { ms: performance.now() - start, loss } });
}
answer({ end: { peakRssBytes: process.resourceUsage().maxRSS * 1024 } });

function answer(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
