// Steps of an imported network on onnx-cpu, in a process of its own: bench/peers/contender.py says what it gets and answers.
import { createInterface } from "node:readline";
import { loadEngine } from "@fleuron/trainer";
import { peakRssBytes } from "../peak-memory.js";
import { countLearning, type FineTuneStep, planOfFile } from "./read-network.js";
import { learntState, randomBatch } from "./step-parts.js";

const options: FineTuneStep & { readonly network: string; readonly threads: number } = JSON.parse(
  process.argv[2]!,
);
const { network, part, stepsAtOnce, features, threads } = options;
const { plan, parts, weights } = await planOfFile(network, part);
const trained = parts?.head ?? plan;
await using engine = await (await loadEngine("onnx-cpu")).create(trained, { threads });
await engine.write(learntState(trained, weights));
answer({
  ready: {
    parameters: countLearning(trained),
    versions: { node: process.versions.node, ...engine.description.versions },
  },
});
for await (const _ of createInterface(process.stdin)) {
  const batch = randomBatch(plan, parts && features);
  const start = performance.now();
  let loss = 0;
  for (let step = 0; step < stepsAtOnce; step++)
    ({ loss } = await engine.step(batch, { learningRate: 0.001 }));
  answer({ step: { ms: performance.now() - start, loss } });
}
answer({ end: { peakRssBytes: peakRssBytes() } });

function answer(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
