// A few steps of AlexNet at full width, to see whether an engine works, and how fast.
import type { Precision } from "@fleuron/training";
import { defaultRecipe, planOf, recipes, stepTime } from "@fleuron/training";
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

export async function tryTraining({ engine: name, precision: wanted }: TrialOptions): Promise<Trial> {
  const plan = planOf(recipes[defaultRecipe], {
    classes: 5,
    network: "alexnet",
    imageSize: 227,
    precision: wanted,
  });
  await using engine = await (await loadEngine(name)).create(plan);
  const milliseconds = await stepTime(engine, plan);
  const { precision, threads } = engine.description;
  return { imagesPerSecond: (1000 * plan.batchSize) / milliseconds, precision, threads };
}
