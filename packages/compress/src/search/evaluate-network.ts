import type { WorkEvent } from "@fleuron/model";
import { evaluatePhotos, type TrainingEngine } from "@fleuron/training";
import { batchesOf, type MeasuredPhotos, measuredPhotos } from "./batches-of.js";
import { openNetwork } from "./open-network.js";
import type { Search } from "./search.js";
import type { WeightedNetwork } from "./weighted-network.js";

export interface NetworkEvaluation {
  readonly accuracy: number;
  readonly loss: number;
  /** One photo alone, the median of several. */
  readonly milliseconds: number;
}

/** Runs of one photo: the first ones are slow, and a median does not mind. */
const RUNS = 9;

/** What a network does on photos that it has not learnt. */
export async function* evaluateNetwork(
  search: Search,
  weighted: WeightedNetwork,
  which: MeasuredPhotos,
): AsyncGenerator<WorkEvent, NetworkEvaluation> {
  const { source, photos, computing } = search;
  const { plan, labels, preprocessing } = source.record;
  await using engine = await openNetwork(weighted, plan, computing);
  await using data = batchesOf(search, weighted.network, measuredPhotos(photos, which));
  const { correct, loss, count } = yield* evaluatePhotos(engine, data, {
    ...{ task: "measuring", classes: labels.length, signal: computing.signal },
  });
  const milliseconds = await timeOfOne(engine, preprocessing.size);
  return { accuracy: correct / count, loss: loss / count, milliseconds };
}

async function timeOfOne(engine: Pick<TrainingEngine, "predict">, side: number): Promise<number> {
  const images = new Float32Array(3 * side ** 2);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await engine.predict({ size: 1, images });
    times.push(performance.now() - began);
  }
  return times.sort((one, other) => one - other)[RUNS >> 1]!;
}
