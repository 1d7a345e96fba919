import type { TrainingPlan } from "../plan.js";
import type { TrainingEngine } from "./engine.js";
import { madeUpBatch, madeUpState } from "./made-up.js";

/** The first steps are slower: memory is taken, code is compiled. */
const WARM_UP = 2;
const STEPS = 3;

/** A training step in milliseconds: the median of three after two. The weights are made up: no step is slower for that. */
export async function stepTime(
  engine: TrainingEngine,
  plan: TrainingPlan,
  signal?: AbortSignal,
): Promise<number> {
  await engine.write(madeUpState(plan));
  const batch = madeUpBatch(plan);
  const times: number[] = [];
  for (let step = 0; step < WARM_UP + STEPS; step++) {
    signal?.throwIfAborted();
    const began = performance.now();
    await engine.step(batch, { learningRate: 1e-3 });
    times.push(performance.now() - began);
  }
  const [, median] = times.slice(WARM_UP).sort((a, b) => a - b) as [number, number];
  return median;
}
