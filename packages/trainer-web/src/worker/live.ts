// A life of a run: from where it was last saved to its end, or to where it is stopped.
import { networkOf } from "@fleuron/graph";
import { countParameters, type EpochMetrics } from "@fleuron/model";
import type { CheckpointInterval } from "@fleuron/model/options";
import { encodeRunRecord, RUN_FILES, type RunRecord } from "@fleuron/run-folder/format";
import {
  batchSettingsOf,
  initialState,
  type LoopResult,
  leastBytes,
  type RunSettings,
  runSettingsSchema,
  type TrainingEngine,
  trainLoop,
} from "@fleuron/training";
import * as v from "valibot";
import type { TrainingEvent } from "../events.js";
import type { TrainedFiles } from "../messages.js";
import type { PhotoStore } from "../photos/photo-store.js";
import { storedData } from "../photos/stored-data.js";
import { checkpointStore, damaged, readCheckpoint } from "../storage/checkpoints.js";
import { type RunStorage, replaceText } from "../storage/run-storage.js";
import { trainedFiles } from "./trained-files.js";

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
  readonly checkpointEvery: CheckpointInterval;
}

/** Trains; the files of a run that has a best epoch. */
export async function live(life: Life, { tell, signal }: TrainContext): Promise<TrainedFiles | undefined> {
  const { name, resumed, storage, photos, engine, checkpointEvery } = life;
  await using _ = engine;
  const { plan, labels, seeds, preprocessing, epochs } = life.record;
  const settings = settingsOf(life.record);
  const classes = labels.length;
  const data = storedData(
    photos,
    batchSettingsOf(settings, { network: plan.network, classes, seed: seeds.seed, preprocessing }),
  );
  const checkpoint = await readCheckpoint(storage, "last", plan);
  if (!checkpoint && life.record.best) throw damaged("its last checkpoint is gone");
  await engine.write(checkpoint?.read() ?? initialState(plan, settings.initialisation, seeds.seed));
  const metrics = (await metricsOf(storage)).slice(0, checkpoint?.progress.metricsLength ?? 0);
  let record: RunRecord = {
    ...life.record,
    best: checkpoint?.progress.best ?? null,
    final: metrics.at(-1) ?? null,
  };
  const write = () => replaceText(storage, RUN_FILES.record, encodeRunRecord(record, RUN_FILES.record));
  await write();
  tell({
    type: "run",
    run: name,
    resumed,
    saved: storage.outlives,
    labels,
    trainCount: record.dataset.trainCount,
    valCount: record.dataset.valCount,
    epochs,
    stepsPerEpoch: data.stepsPerEpoch,
    batchSize: Math.min(plan.batchSize, record.dataset.trainCount),
    parameters: countParameters(networkOf(plan.network).parameters),
    leastBytes: leastBytes(plan),
    engine: engine.description,
  });
  const events = trainLoop({
    engine,
    data,
    store: checkpointStore(storage, plan, metrics),
    schedule: settings.schedule,
    epochs,
    classes,
    ...(settings.patience !== undefined && { patience: settings.patience }),
    ...(checkpoint && { progress: checkpoint.progress, validations: metrics }),
    checkpointDue: ({ steps, seconds }) =>
      checkpointEvery.unit === "steps"
        ? steps >= checkpointEvery.steps
        : seconds >= checkpointEvery.minutes * 60,
    signal,
  });
  let result: LoopResult;
  for (;;) {
    const { done, value } = await events.next();
    if (done) {
      result = value;
      break;
    }
    if (value.type === "epoch") {
      const { type: _type, epochs: _epochs, best, ...final } = value;
      record = { ...record, best, final };
      await write();
    }
    tell(value);
    await turn();
  }
  const isComplete = result.reason !== "stopped";
  record = {
    ...record,
    status: isComplete ? "completed" : "stopped",
    finished: new Date().toISOString(),
    ...(isComplete && { epochs: result.epochs }),
  };
  await write();
  const { epoch } = result.progress;
  tell({ type: "end", reason: result.reason, epoch, epochs: result.epochs, best: record.best });
  return record.best === null ? undefined : trainedFiles(name, storage, record);
}

/** Lets messages in, such as the one that aborts. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

function settingsOf({ settings }: RunRecord): RunSettings {
  const parsed = v.safeParse(runSettingsSchema, settings);
  if (!parsed.success) throw damaged(`its settings: ${parsed.issues[0].message}`);
  return parsed.output;
}

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
