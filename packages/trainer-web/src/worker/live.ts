// A life of a run: from where it was last saved to its end, or to where it is stopped.
import { networkOf } from "@fleuron/graph";
import { countParameters, type EpochMetrics, type FleuronError } from "@fleuron/model";
import type { CheckpointInterval } from "@fleuron/model/options";
import { RUN_FILES, type RunRecord } from "@fleuron/run-folder/format";
import {
  initialState,
  type LoopOptions,
  type LoopResult,
  leastBytes,
  parameterStateName,
  type TrainingData,
  type TrainingEngine,
  trainLoop,
} from "@fleuron/training";
import type { RunStartEvent, TrainingEvent } from "../events.js";
import type { TrainedFiles } from "../messages.js";
import type { WebEngineName } from "../options.js";
import { featureData } from "../photos/feature-data.js";
import type { PhotoStore } from "../photos/photo-store.js";
import { storedData } from "../photos/stored-data.js";
import { checkpointStore, damaged, readCheckpoint } from "../storage/checkpoints.js";
import { heldCheckpoints } from "../storage/held-checkpoints.js";
import type { RunStorage } from "../storage/run-storage.js";
import { onEngines } from "./on-engines.js";
import { openEngine } from "./open-engine.js";
import { runParts } from "./run-parts.js";
import { savedNetwork, saveRecord } from "./saved-record.js";
import { trainedFiles } from "./trained-files.js";
import { wasmRuntime } from "./wasm-runtime.js";

export interface TrainContext {
  readonly tell: (event: TrainingEvent) => void;
  readonly signal: AbortSignal;
}

export interface Life {
  readonly name: string;
  readonly resumed: boolean;
  readonly storage: RunStorage;
  readonly record: RunRecord;
  readonly photos: PhotoStore;
  readonly engine: TrainingEngine;
  /** What another engine loads, where that one's GPU is lost. */
  readonly wasmUrl: string;
  readonly checkpointEvery: CheckpointInterval;
}

/** Trains; the files of a run that has a best epoch. */
export async function live(life: Life, { tell, signal }: TrainContext): Promise<TrainedFiles | undefined> {
  const { name, storage, photos, wasmUrl } = life;
  let { record } = life;
  const { plan, labels, seeds, epochs } = record;
  const { settings, batches, parts } = runParts(record);
  const networkHash = (await savedNetwork(storage))?.sha256;
  const write = (changes: Partial<RunRecord>) => {
    record = { ...record, ...changes };
    return saveRecord(storage, record, networkHash);
  };
  let features: TrainingData | undefined;
  const dataFor = async (engine: TrainingEngine): Promise<TrainingData> => {
    if (!parts) return storedData(photos, batches);
    const { description } = engine;
    features ??= await featureData(photos, {
      ...{ parts, settings: batches, engine, signal, tell },
      ...wasmRuntime(wasmUrl, description.engine === "wasm" ? description.threads : undefined),
    });
    return features;
  };
  const storeFor = (engine: TrainingEngine, metrics: readonly EpochMetrics[]) => {
    const store = checkpointStore(storage, engine, plan, metrics);
    if (!parts) return { ...store, flush: async () => {} };
    const frozen = new Set(parts.frozen.map(parameterStateName));
    return heldCheckpoints(
      store,
      (name) => frozen.has(name),
      () => write({}),
    );
  };
  let isTold = false;

  const train = async (engine: TrainingEngine): Promise<LoopResult> => {
    const checkpoint = await readCheckpoint(storage, "last", plan);
    if (!checkpoint && record.best) throw damaged("its last checkpoint is gone");
    await engine.write(checkpoint?.read() ?? initialState(plan, settings.initialisation, seeds.seed));
    const metrics = (await metricsOf(storage)).slice(0, checkpoint?.progress.metricsLength ?? 0);
    await write({ best: checkpoint?.progress.best ?? null, final: metrics.at(-1) ?? null });
    const data = await dataFor(engine);
    if (!isTold) tell(startOf(life, data.stepsPerEpoch));
    isTold = true;
    const store = storeFor(engine, metrics);
    const events = trainLoop({
      engine,
      data,
      store,
      schedule: settings.schedule,
      epochs,
      classes: labels.length,
      ...(settings.patience !== undefined && { patience: settings.patience }),
      ...(checkpoint && { progress: checkpoint.progress, validations: metrics }),
      checkpointDue: isDue(life.checkpointEvery),
      signal,
    });
    const follow = async (): Promise<LoopResult> => {
      for (;;) {
        const { done, value } = await events.next();
        if (done) return value;
        if (value.type === "epoch") {
          const { type: _type, epochs: _epochs, best, ...final } = value;
          record = { ...record, best, final };
          // Checkpoints that are held have the record written after them.
          if (!parts) await write({});
        }
        tell(value);
        await turn();
      }
    };
    try {
      const result = await follow();
      await store.flush();
      return result;
    } catch (error) {
      // What was said to be saved is only held.
      await store.flush().catch(() => undefined);
      throw error;
    }
  };
  const reopen = async (
    engines: readonly WebEngineName[] | undefined,
    { message }: FleuronError,
  ): Promise<TrainingEngine> => {
    const engine = await openEngine(plan, { engines, wasmUrl, parts });
    const { description } = engine;
    const rest = `Training goes on from its last checkpoint, on ${description.engine}.`;
    tell({ type: "warning", code: "device-lost", message: `${message.replace(/\.?$/, ".")} ${rest}` });
    record = { ...record, engine: description };
    return engine;
  };

  const { reason, progress, ...result } = await onEngines(life.engine, train, reopen);
  await write({
    status: reason === "stopped" ? "stopped" : "completed",
    finished: new Date().toISOString(),
    ...(reason !== "stopped" && { epochs: result.epochs }),
  });
  tell({ type: "end", reason, epoch: progress.epoch, epochs: result.epochs, best: record.best });
  return record.best === null ? undefined : trainedFiles(name, storage, record, wasmUrl);
}

const startOf = ({ name, resumed, storage, record, engine }: Life, stepsPerEpoch: number): RunStartEvent => ({
  type: "run",
  run: name,
  resumed,
  saved: storage.outlives,
  labels: record.labels,
  trainCount: record.dataset.trainCount,
  valCount: record.dataset.valCount,
  epochs: record.epochs,
  stepsPerEpoch,
  batchSize: Math.min(record.plan.batchSize, record.dataset.trainCount),
  parameters: countParameters(networkOf(record.plan.network).parameters),
  leastBytes: leastBytes(record.plan),
  engine: engine.description,
});

const isDue =
  (every: CheckpointInterval): LoopOptions["checkpointDue"] =>
  ({ steps, seconds }) =>
    every.unit === "steps" ? steps >= every.steps : seconds >= every.minutes * 60;

/** Lets messages in, such as the one that aborts. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

async function metricsOf(storage: RunStorage): Promise<readonly EpochMetrics[]> {
  const text = (await (await storage.read(RUN_FILES.metrics))?.text()) ?? "";
  try {
    return text.trimEnd() === ""
      ? []
      : text
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
  } catch (cause) {
    throw damaged(`${RUN_FILES.metrics} is not JSON`, cause);
  }
}
