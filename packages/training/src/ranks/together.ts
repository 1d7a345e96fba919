// What every rank does with its part, at the same time as the others.
import { networkOf } from "@fleuron/graph";
import { computedPart } from "../data/part-of-batch.js";
import type {
  Batch,
  Hyperparameters,
  ImageBatch,
  Logits,
  StepMetrics,
  TrainingEngine,
} from "../engine/engine.js";
import type { TrainingPlan } from "../plan.js";
import { type NamedTensor, parameterStateName, stateTensors } from "../state.js";
import type { Ranks } from "./ranks.js";

/** Takes a step; loss and count are those of the whole batch. The engine's gradients are summed by its `reduceGradients`. */
export async function stepTogether(
  ranks: Ranks,
  engine: TrainingEngine,
  batch: Batch,
  hyperparameters: Hyperparameters,
): Promise<StepMetrics> {
  const own = await engine.step(batch, hyperparameters);
  const sums = Float32Array.of(own.loss, own.correctCount);
  await ranks.sum(sums);
  return { loss: sums[0]!, correctCount: sums[1]! };
}

/** The logits of the whole batch: each rank adds its own to the zeros of the others. */
export async function predictTogether(
  ranks: Ranks,
  engine: TrainingEngine,
  batch: ImageBatch,
): Promise<Logits> {
  const { place } = batch;
  if (place === undefined) throw new Error("internal: a batch to be shared has no place");
  const { data, classes } = await engine.predict(batch);
  const { begin, end } = computedPart(place);
  const perPhoto = data.length / (end - begin);
  const all = new Float32Array(place.of * perPhoto);
  if (place.end > place.begin) all.set(data, begin * perPhoto);
  await ranks.sum(all);
  return { data: all, classes };
}

/**
 * Gives all ranks the mean of their moving statistics. These are linear in the statistics of the batches, and no step
 * reads them, so that means now and then are those of each step.
 */
export async function averageStatistics(
  ranks: Ranks,
  engine: TrainingEngine,
  plan: TrainingPlan,
): Promise<void> {
  const moving = networkOf(plan.network)
    .trainingGraph(plan)
    .updates.map(({ name }) => name);
  const names = networkOf(plan.network)
    .parameters.filter(({ name }) => moving.includes(name))
    .map(parameterStateName);
  const means: NamedTensor[] = [];
  for await (const { name, shape, data } of engine.read(names)) {
    const mean = data.slice();
    await ranks.sum(mean);
    means.push({ name, shape, data: mean.map((sum) => sum / ranks.count) });
  }
  await engine.write(each(means));
}

/** Gives all ranks the state of rank 0. */
export async function shareState(ranks: Ranks, engine: TrainingEngine, plan: TrainingPlan): Promise<void> {
  const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) =>
    new Uint8Array(buffer, byteOffset, byteLength);
  if (ranks.rank === 0) {
    for await (const { data } of engine.read()) await ranks.broadcast(bytesOf(data));
    return;
  }
  for (const { name, shape } of stateTensors(plan)) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    await ranks.broadcast(bytesOf(data));
    await engine.write(each([{ name, shape, data }]));
  }
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
