// A run from its photos, or from where it was, to its bundle.
import { networkOf } from "@fleuron/graph";
import { countParameters, type EpochMetrics } from "@fleuron/model";
import { type CheckpointInterval, withDefaults } from "@fleuron/model/options";
import { decodeRunRecord, encodeRunRecord, RUN_FILES, type RunRecord } from "@fleuron/run-folder/format";
import {
  adaptRecipe,
  batchSettingsOf,
  ColourMeter,
  initialState,
  type LoopResult,
  leastBytes,
  needsColours,
  planOf,
  preprocessingOf,
  type RunSettings,
  recipes,
  resizingOf,
  runSettingsSchema,
  type TrainingEngine,
  trainLoop,
} from "@fleuron/training";
import * as v from "valibot";
import { trainerWebError } from "../errors.js";
import type { TrainingEvent } from "../events.js";
import type { TrainedFiles, TrainingRequest } from "../messages.js";
import { trainingOptions } from "../options.js";
import { inOrder } from "../photos/labelled-photo.js";
import { openPhotos, type PhotoStore, storePhotos } from "../photos/photo-store.js";
import { storedData } from "../photos/stored-data.js";
import { newRecord } from "../run-record.js";
import { openStorage } from "../storage/browser-storage.js";
import { checkpointStore, damaged, readCheckpoint } from "../storage/checkpoints.js";
import { type RunStorage, replaceText } from "../storage/run-storage.js";
import { openEngine } from "./open-engine.js";
import { trainedFiles } from "./trained-files.js";

export interface TrainContext {
  readonly tell: (event: TrainingEvent) => void;
  readonly signal: AbortSignal;
}

/** Trains; the files of a run that has a best epoch. */
export async function train(
  request: TrainingRequest,
  context: TrainContext,
): Promise<TrainedFiles | undefined> {
  const name = request.kind === "resume" ? request.run : withDefaults(trainingOptions, request.options).run;
  // Two tabs must not write one run.
  return navigator.locks.request(`fleuron-run ${name}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) throw busy(name);
    const storage = await openStorage(name);
    return request.kind === "begin" ? begin(storage, request, context) : resume(storage, request, context);
  });
}

/** What a life of a run needs. */
interface Life {
  readonly name: string;
  readonly storage: RunStorage;
  readonly record: RunRecord;
  readonly photos: PhotoStore;
  readonly engine: TrainingEngine;
  readonly checkpointEvery: CheckpointInterval;
}

async function begin(
  storage: RunStorage,
  { photos, options, wasmUrl }: Extract<TrainingRequest, { readonly kind: "begin" }>,
  context: TrainContext,
): Promise<TrainedFiles | undefined> {
  const settled = withDefaults(trainingOptions, options);
  const { run: name, recipe: recipeName, imageSize, seed, splitSeed, validationSplit } = settled;
  const given = inOrder(photos);
  const labels = [...new Set(given.map(({ label }) => label))];
  if (labels.length < 2) throw tooFew("There must be photos of at least two classes");
  await storage.clear();
  const adapted = adaptRecipe(recipes[recipeName], {
    ...settled,
    classes: labels.length,
    network: "alexnet",
  });
  const resizing = resizingOf(adapted, imageSize);
  const stored = await storePhotos(storage, given, {
    labels,
    resizing,
    validationSplit,
    splitSeed,
    ...context,
  });
  const learning = stored.photos.filter(({ validates }) => !validates);
  if (learning.length === 0 || learning.length === stored.photos.length)
    throw tooFew("There must be photos to learn from and others to validate with");
  const settings: RunSettings = {
    ...adapted,
    ...(needsColours(adapted) && { colours: await coloursOf(stored) }),
  };
  const plan = planOf(settings, { ...settled, classes: labels.length, network: "alexnet" });
  const engine = await openEngine(plan, { engines: settled.engines, wasmUrl });
  await engine.write(initialState(plan, settings.initialisation, seed));
  const record = await newRecord({
    recipe: recipeName,
    settings,
    plan,
    preprocessing: preprocessingOf(settings, imageSize),
    labels,
    photos: stored.photos,
    seeds: { seed, splitSeed },
    engine: engine.description,
  });
  const { checkpointEvery } = settled;
  return live({ name, storage, record, photos: stored, engine, checkpointEvery }, context);
}

async function resume(
  storage: RunStorage,
  { run: name, epochs, wasmUrl }: Extract<TrainingRequest, { readonly kind: "resume" }>,
  context: TrainContext,
): Promise<TrainedFiles | undefined> {
  const file = await storage.read(RUN_FILES.record);
  if (file === undefined) throw missing(name);
  const saved = decodeRunRecord(await file.text(), RUN_FILES.record);
  const record = { ...saved, epochs: epochs ?? saved.epochs };
  const photos = await openPhotos(storage);
  const engine = await openEngine(record.plan, { engines: undefined, wasmUrl });
  const { checkpointEvery } = withDefaults(trainingOptions, {});
  return live({ name, storage, record, photos, engine, checkpointEvery }, context);
}

async function live(life: Life, { tell, signal }: TrainContext): Promise<TrainedFiles | undefined> {
  const { name, storage, photos, engine, checkpointEvery } = life;
  await using _ = engine;
  let { record } = life;
  const write = () => replaceText(storage, RUN_FILES.record, encodeRunRecord(record, RUN_FILES.record));
  await write();
  const settings = settingsOf(record);
  const { plan, labels, seeds, preprocessing, epochs } = record;
  const classes = labels.length;
  const data = storedData(
    photos,
    batchSettingsOf(settings, { network: plan.network, classes, seed: seeds.seed, preprocessing }),
  );
  const checkpoint = await readCheckpoint(storage, "last", plan);
  if (checkpoint) await engine.write(checkpoint.read());
  else if (record.best) throw damaged("its last checkpoint is gone");
  const metrics = (await metricsOf(storage)).slice(0, checkpoint?.progress.metricsLength ?? 0);
  tell({
    type: "run",
    run: name,
    resumed: checkpoint !== undefined,
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

async function coloursOf({ photos, read }: PhotoStore) {
  const meter = new ColourMeter();
  for (const { validates, pixels } of photos) if (!validates) meter.add(await read(pixels));
  return meter.colours;
}

const tooFew = (problem: string) =>
  trainerWebError("photos-too-few", `${problem}.`, {
    subject: "photos",
    hint: "Add photos: ten of each class are a beginning, a hundred are good.",
  });

const busy = (name: string) =>
  trainerWebError("run-busy", `Another tab is training '${name}'.`, {
    subject: "run",
    hint: "Close that tab, or give this run another name with `run`.",
  });

const missing = (name: string) =>
  trainerWebError("run-missing", `No run '${name}' is saved here.`, {
    subject: "run",
    hint: "`savedRuns` lists those that are.",
  });
