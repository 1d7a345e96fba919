// Steps of an imported network on onnx-cpu, in a process of its own: bench/peers/contender.py says what it gets and answers.
import { createInterface } from "node:readline";
import { loadEngine } from "@fleuron/trainer";
import { type Batch, initialState, type NamedTensor, recipes } from "@fleuron/training";
import { classes, type FineTuneStep, planOfFile } from "./read-network.js";

const options: FineTuneStep & { readonly network: string; readonly threads: number } = JSON.parse(
  process.argv[2]!,
);
const { network, part, batchSize, stepsAtOnce, imageSize, features, parameters, threads } = options;
const { plan, parts, weights } = await planOfFile(network, part);
const trained = parts?.head ?? plan;
await using engine = await (await loadEngine("onnx-cpu")).create(trained, { threads });
await engine.write(learnt());
answer({ ready: { parameters, versions: { node: process.versions.node, ...engine.description.versions } } });
for await (const _ of createInterface(process.stdin)) {
  const batch = randomBatch();
  const start = performance.now();
  let loss = 0;
  for (let step = 0; step < stepsAtOnce; step++)
    ({ loss } = await engine.step(batch, { learningRate: 0.001 }));
  answer({ step: { ms: performance.now() - start, loss } });
}
answer({ end: { peakRssBytes: process.resourceUsage().maxRSS * 1024 } });

async function* learnt(): AsyncGenerator<NamedTensor> {
  const given = new Map(weights.map((tensor) => [tensor.name, tensor]));
  for await (const tensor of initialState(trained, recipes.head.initialisation, 0))
    yield given.get(tensor.name) ?? tensor;
}

function randomBatch(): Batch {
  const targets = new Float32Array(batchSize * classes);
  for (let photo = 0; photo < batchSize; photo++) targets[photo * classes + (photo % classes)] = 1;
  const length = parts ? features : 3 * imageSize ** 2;
  return {
    size: batchSize,
    images: Float32Array.from({ length: batchSize * length }, () => Math.random() - 0.5),
    targets,
    sampleWeights: new Float32Array(batchSize).fill(1),
    normalizer: batchSize,
    dropoutMasks: {},
  };
}

function answer(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
