// A few steps of AlexNet at full width, to see whether an engine works, and how fast.

import { trainingGraph } from "@fleuron/graph";
import { sizeOf } from "@fleuron/model";
import type { Batch } from "../../../engine/engine.js";
import type { TrainingPlan } from "../../../plan.js";
import { defaultRecipe, recipes } from "../../../recipes/index.js";
import { planOf } from "../../../recipes/resolve.js";
import { type NamedTensor, stateTensors } from "../../../state.js";
import { loadEngine } from "../../engines/index.js";

export interface TrialOptions {
  readonly engine: string;
}

export interface Trial {
  readonly imagesPerSecond: number;
  readonly precision: string;
  readonly threads: number;
}

/** The first steps are slower: memory is taken, code is compiled. */
const WARM_UP = 2;
const STEPS = 3;

/** The speed of the median of three steps after two. The weights are made up: no step is slower for that. */
export async function tryTraining({ engine: name }: TrialOptions): Promise<Trial> {
  const plan = planOf(recipes[defaultRecipe], { classes: 5, network: "alexnet", imageSize: 227 });
  await using engine = await (await loadEngine(name)).create(plan);
  await engine.write(madeUpState(plan));
  const batch = madeUpBatch(plan);
  const times: number[] = [];
  for (let step = 0; step < WARM_UP + STEPS; step++) {
    const began = performance.now();
    await engine.step(batch, { learningRate: 1e-3 });
    times.push(performance.now() - began);
  }
  const [, median] = times.slice(WARM_UP).sort((a, b) => a - b);
  const { precision, threads } = engine.description;
  return { imagesPerSecond: (1000 * plan.batchSize) / median, precision, threads };
}

async function* madeUpState(plan: TrainingPlan): AsyncGenerator<NamedTensor> {
  for (const { name, shape } of stateTensors(plan)) {
    const data = new Float32Array(sizeOf(shape));
    for (let index = 0; index < data.length; index++) data[index] = ((index * 37) % 101) / 1e4;
    yield { name, shape, data };
  }
}

function madeUpBatch(plan: TrainingPlan): Batch {
  const { network, batchSize: size } = plan;
  const filled = (length: number, value: (index: number) => number) =>
    Float32Array.from({ length }, (_, index) => value(index));
  const { inputs, types } = trainingGraph(network);
  const noise = inputs
    .filter(({ role }) => role.type === "noise")
    .map(({ name, value }) => {
      const shape = types[value].shape.slice(1) as readonly number[];
      return [name, filled(size * sizeOf(shape), (index) => (index % 2) * 2)];
    });
  return {
    size,
    images: filled(size * 3 * 227 * 227, (index) => ((index * 7919) % 509) / 509 - 0.5),
    targets: filled(size * 5, (index) => (index % 6 === 0 ? 1 : 0)),
    sampleWeights: filled(size, () => 1),
    normalizer: size,
    noise: Object.fromEntries(noise),
  };
}
