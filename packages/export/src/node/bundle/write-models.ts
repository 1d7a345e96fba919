// Several models at a time, each in a thread; one alone in this one.

import { availableParallelism } from "node:os";
import { MessageChannel } from "node:worker_threads";
import { networkOf } from "@fleuron/graph";
import {
  type BundleModel,
  countParameters,
  FleuronError,
  modelBytes,
  type ProgressEvent,
  storagePrecisions,
} from "@fleuron/model";
import type { FileLayout } from "../../format.js";
import type { ModelChoice } from "../../select-models.js";
import type { TrainedModel } from "../../trained-model.js";
import { eventsOf } from "./events-of.js";
import { type ModelBytes, type WriteModelOptions, writeModel } from "./write-model.js";
import type { WriteModelOutcome } from "./write-model-worker.js";

/** Each thread holds what it has encoded: more of them would take more memory than they save time. */
const MOST_THREADS = 4;

interface WriteModelsOptions extends FileLayout {
  readonly signal: AbortSignal | undefined;
}

/** Progress is in bytes of all models; those that are not encoded yet are estimated. */
export function writeModels(
  folder: string,
  model: TrainedModel,
  choices: readonly ModelChoice[],
  { signal, ...layout }: WriteModelsOptions,
): AsyncGenerator<ProgressEvent, readonly BundleModel[]> {
  const weights = countParameters(networkOf(model.network).parameters);
  const bytes = choices.map(({ precision }): ModelBytes => {
    return { completed: 0, total: (weights * storagePrecisions[precision].bits) / 8 };
  });
  return eventsOf(async (emit, signal) => {
    const tell = () => emit({ type: "progress", task: "writing", ...summed(bytes), unit: "bytes" });
    tell();
    const reportOf = (index: number) => (reached: ModelBytes) => {
      bytes[index] = reached;
      tell();
    };
    if (choices.length === 1) {
      return [await writeModel(folder, model, choices[0]!, { ...layout, report: reportOf(0), signal })];
    }
    return inThreads(folder, model, choices, { ...layout, reportOf, signal });
  }, signal);
}

const summed = (bytes: readonly ModelBytes[]): ModelBytes => ({
  completed: bytes.reduce((sum, { completed }) => sum + completed, 0),
  total: bytes.reduce((sum, { total }) => sum + total, 0),
});

interface ThreadsOptions extends FileLayout {
  readonly reportOf: (index: number) => WriteModelOptions["report"];
  readonly signal: AbortSignal;
}

async function inThreads(
  folder: string,
  model: TrainedModel,
  choices: readonly ModelChoice[],
  { reportOf, signal, ...layout }: ThreadsOptions,
): Promise<readonly BundleModel[]> {
  const { Tinypool } = await import("tinypool");
  const pool = new Tinypool({
    filename: new URL("./write-model-worker.js", import.meta.url).href,
    minThreads: 1,
    maxThreads: Math.min(choices.length, availableParallelism(), MOST_THREADS),
    // In Deno a thread that sleeps is not woken.
    useAtomics: false,
  });
  const shared = { ...model, weights: sharedWeights(model.weights) };
  const write = async ({ format, precision }: ModelChoice, index: number): Promise<BundleModel> => {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", reportOf(index));
    const task = { folder, model: shared, format: format.name, precision, layout, port: port2 };
    try {
      const outcome: WriteModelOutcome = await pool.run(task, { transferList: [port2], signal });
      if ("error" in outcome) throw FleuronError.fromJSON(outcome.error);
      const bytes = modelBytes(outcome.written);
      // The thread's last report may arrive after its outcome.
      reportOf(index)({ completed: bytes, total: bytes });
      return outcome.written;
    } finally {
      // A port with a listener keeps the process alive, and a thread that is ended does not close its own.
      port1.close();
    }
  };
  const work = choices.map(write);
  try {
    return await Promise.all(work);
  } catch (error) {
    signal.throwIfAborted();
    // A thread that is ended while it opens a file leaves it open: after a failure the others may finish.
    await Promise.allSettled(work);
    throw error;
  } finally {
    await pool.destroy();
  }
}

/** In memory that all threads see: a copy for each of them would be a quarter of a gigabyte. */
function sharedWeights(weights: TrainedModel["weights"]): TrainedModel["weights"] {
  return new Map(
    [...weights].map(([name, values]) => {
      const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
      shared.set(values);
      return [name, shared];
    }),
  );
}
