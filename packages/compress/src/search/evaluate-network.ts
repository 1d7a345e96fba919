import type { WorkEvent } from "@fleuron/model";
import { WorkerData } from "@fleuron/photos/batches";
import { batchSettingsOf, evaluateBatches } from "@fleuron/training";
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

/** What a network does on the photos that the run holds out, or on those that the search sets aside. */
export async function* evaluateNetwork(
  { source, photos, computing }: Search,
  weighted: WeightedNetwork,
  which: "val" | "aside",
): AsyncGenerator<WorkEvent, NetworkEvaluation> {
  const { record, settings } = source;
  const { plan, labels, preprocessing, seeds } = record;
  await using engine = await openNetwork(weighted, plan, computing);
  await using data = new WorkerData({
    settings: batchSettingsOf(settings, {
      ...{ network: weighted.network, preprocessing },
      classes: labels.length,
      seed: seeds.seed,
    }),
    pixels: photos.pixels,
    train: [],
    ...(which === "val"
      ? { val: photos.val, valPixels: photos.valPixels }
      : { val: photos.aside, valPixels: photos.asidePixels }),
  });
  const batches = evaluateBatches(engine, data.validation(), labels.length);
  for (;;) {
    computing.signal?.throwIfAborted();
    const { done, value } = await batches.next();
    if (done) {
      const { correct, loss, count } = value;
      return { accuracy: correct / count, loss: loss / count, milliseconds: await timeOfOne() };
    }
    yield {
      ...{ type: "progress", task: "measuring", completed: value.count, total: data.valCount },
      unit: "photos",
    };
  }

  async function timeOfOne(): Promise<number> {
    const images = new Float32Array(3 * preprocessing.size ** 2);
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const began = performance.now();
      await engine.predict({ size: 1, images });
      times.push(performance.now() - began);
    }
    return times.sort((one, other) => one - other)[RUNS >> 1]!;
  }
}
