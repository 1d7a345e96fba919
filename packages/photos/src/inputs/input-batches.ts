/** Decodes photos for a network that runs meanwhile, in their order and a few batches ahead. */
import type { PreprocessingSpecification } from "@fleuron/model";
import { PixelBudget } from "@fleuron/runtime-node/photos";
import { threadPool } from "../concurrency/thread-pool.js";
import type { InputBatch, InputTask } from "./input-task.js";

export type { InputBatch };

export interface InputBatchesOptions {
  readonly preprocessing: PreprocessingSpecification;
  readonly batchSize: number;
  /** Threads that decode. */
  readonly threads: number;
}

/** Batches that wait for the network, beyond one per thread. */
const AHEAD = 2;

/** So many batches are in memory whatever the number of photos. Leaving early waits for those under way. */
export async function* inputBatches(
  photos: AsyncIterable<string>,
  { preprocessing, batchSize, threads }: InputBatchesOptions,
): AsyncGenerator<InputBatch> {
  const pool = threadPool(new URL("./input-worker.js", import.meta.url), threads);
  const { shared: budget } = new PixelBudget();
  const underWay: Promise<InputBatch>[] = [];
  try {
    for await (const group of groupsOf(photos, batchSize)) {
      const batch: Promise<InputBatch> = pool.run({
        photos: group,
        preprocessing,
        budget,
      } satisfies InputTask);
      // A consumer that leaves early never awaits it.
      batch.catch(() => undefined);
      underWay.push(batch);
      if (underWay.length === threads + AHEAD) yield await underWay.shift()!;
    }
    while (underWay.length > 0) yield await underWay.shift()!;
  } finally {
    await Promise.allSettled(underWay);
    await pool.destroy();
  }
}

async function* groupsOf<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<readonly Item[]> {
  let group: Item[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
