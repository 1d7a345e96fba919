// An engine of Fleuron, in a process of its own: bench/peers/contender.py says what it gets and answers.
import { createInterface } from "node:readline";
import { convolutionForms } from "@fleuron/machine";
import { alexnet, networkParameters, sizeOf } from "@fleuron/model";
import { loadEngine } from "@fleuron/trainer";
import { initialState, type LayeredPlan, type Optimiser, recipes } from "@fleuron/training";
import { peakRssBytes } from "../peak-memory.js";
import { batchSize, masksOf, randomBatch } from "../random-batch.js";

interface FleuronStepOptions {
  readonly engine: string;
  readonly precision: LayeredPlan["precision"];
  readonly threads: number;
  readonly optimiser: Optimiser;
}

const { engine: name, precision, threads, optimiser }: FleuronStepOptions = JSON.parse(process.argv[2]!);
const plan: LayeredPlan = {
  network: alexnet({ classes: 5 }),
  optimiser,
  precision,
  batchSize,
  convolutions: convolutionForms(),
};
await using engine = await (await loadEngine(name)).create(plan, { threads });
// The peers start from the same: He-normal convolutions, N(0, 0.01) dense layers.
await engine.write(initialState(plan, recipes.modern.initialisation, 0));

const learning = networkParameters(plan.network).filter(({ trainable }) => trainable);
answer({
  ready: {
    parameters: learning.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    versions: { node: process.versions.node, ...engine.description.versions },
  },
});
let step = 0;
for await (const _ of createInterface(process.stdin)) {
  const batch = randomBatch();
  const start = performance.now();
  // Peers draw their dropout masks within a step, so we do.
  const { loss } = await engine.step({ ...batch, dropoutMasks: masksOf(step++) }, { learningRate: 0.001 });
  answer({ step: { ms: performance.now() - start, loss } });
}
answer({ end: { peakRssBytes: peakRssBytes() } });

function answer(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
