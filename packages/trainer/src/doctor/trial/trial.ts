// A few steps of AlexNet at full width, to see whether an engine works, and how fast.

import type { Precision } from "@fleuron/training";
import { defaultRecipe, madeUpBatch, madeUpState, planOf, recipes } from "@fleuron/training";
import { loadEngine } from "../../engines/index.js";

export interface TrialOptions {
  readonly engine: string;
  readonly precision: Precision;
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
export async function tryTraining({ engine: name, precision: wanted }: TrialOptions): Promise<Trial> {
  const plan = planOf(recipes[defaultRecipe], {
    classes: 5,
    network: "alexnet",
    imageSize: 227,
    precision: wanted,
  });
  await using engine = await (await loadEngine(name)).create(plan);
  await engine.write(madeUpState(plan));
  const batch = madeUpBatch(plan);
  const times: number[] = [];
  for (let step = 0; step < WARM_UP + STEPS; step++) {
    const began = performance.now();
    await engine.step(batch, { learningRate: 1e-3 });
    times.push(performance.now() - began);
  }
  const [, median] = times.slice(WARM_UP).sort((a, b) => a - b) as [number, number];
  const { precision, threads } = engine.description;
  return { imagesPerSecond: (1000 * plan.batchSize) / median, precision, threads };
}
