// A cut and the fine-tuning after it, in a folder that is a run's: what was stopped in it goes on where its checkpoint stands.
import { join } from "node:path";
import { exists } from "@fleuron/files";
import { type Network, progress, type WorkEvent } from "@fleuron/model";
import { writeSplit } from "@fleuron/photos";
import {
  createRunFolder,
  describeMachine,
  describeVersions,
  diskCheckpointStore,
  openCheckpoint,
  openRunFolder,
  openSafetensorsFile,
  RUN_FILES,
  type RunRecord,
  readMetrics,
  reopenRunFolder,
  runSettingsOf,
  truncateMetrics,
  writeSafetensorsFile,
} from "@fleuron/run-folder";
import { trainLoop } from "@fleuron/training";
import type { WireBits } from "../bytes/wire-bytes.js";
import type { Costs } from "../cut/costs.js";
import { taughtData } from "../distillation/taught-data.js";
import { batchesOf, measuredPhotos } from "./batches-of.js";
import { cut } from "./cut-round.js";
import { fineTuningSettings } from "./fine-tuning-settings.js";
import { createEngine } from "./open-network.js";
import type { Search } from "./search.js";
import { stateOf, tensorsOf, type WeightedNetwork, weightedFrom } from "./weighted-network.js";

export interface Round {
  /** Its folder's name: "round-1". */
  readonly name: string;
  /** In words, for its progress. */
  readonly task: string;
  /** Absent: the network stays as wide as it is. */
  readonly goals?: Costs;
  readonly epochs: number;
  /** Whether it learns from all training photos and is measured on those that the run holds out, as every run; else on those set aside. */
  readonly last: boolean;
}

export interface RoundResult {
  readonly folder: string;
  /** After the cut, and after the fine-tuning. */
  readonly cut: WeightedNetwork;
  readonly tuned: WeightedNetwork;
  readonly valAccuracy: number;
}

/** Epochs in which photos come in other crops; the teacher sees those alone. */
const VIEWS = 6;
/** What the teacher has said is kept up to so many: six times 22,000 photos of 1,000 classes. */
const MOST_TARGET_BYTES = 2 ** 29;
const SECONDS_BETWEEN_CHECKPOINTS = 120;

/** Goes through a round, or what is left of it. @throws the signal's reason once what has been done is saved. */
export async function* goThrough(
  search: Search,
  before: WeightedNetwork,
  round: Round & { readonly wireBits: WireBits },
): AsyncGenerator<WorkEvent, RoundResult> {
  const { signal } = search.computing;
  const folder = join(search.folder, round.name);
  if (!(await exists(join(folder, RUN_FILES.record)))) {
    const { goals } = round;
    const narrower = goals === undefined ? before : yield* cut(search, before, { ...round, goals });
    signal?.throwIfAborted();
    await begin(search, round, folder, narrower);
  }
  yield* fineTune(search, round, folder);
  signal?.throwIfAborted();
  const { record } = await openRunFolder(folder);
  const network = layersOf(record);
  await using initial = await openSafetensorsFile(join(folder, RUN_FILES.initial));
  await using best = await openCheckpoint(join(folder, RUN_FILES.best), record.plan);
  return {
    folder,
    cut: await weightedFrom(network, initial.read()),
    tuned: await weightedFrom(network, best.read()),
    valAccuracy: record.final!.valAccuracy,
  };
}

async function begin(
  { source, photos }: Search,
  { epochs }: Round,
  folder: string,
  weighted: WeightedNetwork,
): Promise<void> {
  // Neither an import nor a bundle is this run's.
  const { source: _, bundle: __, ...inherited } = source.record;
  const settings = fineTuningSettings(source.settings, epochs);
  const without = {
    ...weighted.network,
    layers: weighted.network.layers.map((layer) =>
      layer.type === "dropout" ? { ...layer, rate: 0 } : layer,
    ),
  };
  const record: RunRecord = {
    ...inherited,
    status: "running",
    created: new Date().toISOString(),
    finished: null,
    settings: { ...settings },
    plan: { ...source.record.plan, network: without, precision: "float32" },
    dataset: { ...source.record.dataset, path: photos.root },
    engine: { engine: "onnx-cpu", precision: "float32", threads: 0, versions: {} },
    wish: { engine: "onnx-cpu", precision: "float32" },
    lives: [],
    machine: describeMachine(),
    versions: describeVersions(),
    epochs,
    best: null,
    final: null,
  };
  await using _run = await createRunFolder(folder, record, async (path) => {
    await writeSplit(join(path, RUN_FILES.split), source.split);
    await writeSafetensorsFile(join(path, RUN_FILES.initial), tensorsOf(weighted), stateOf(weighted), {});
  });
}

async function* fineTune(
  search: Search,
  { task, last }: Round,
  folder: string,
): AsyncGenerator<WorkEvent, void> {
  const { photos, teacher, computing } = search;
  await using run = await reopenRunFolder(folder);
  const { record } = run;
  if (record.status === "completed") return;
  const { plan, labels, epochs } = record;
  const network = layersOf(record);
  const settings = runSettingsOf(record);
  await using engine = await createEngine(plan, computing);
  const hasCheckpoint = await exists(join(folder, RUN_FILES.last));
  await using opened = await (hasCheckpoint
    ? openCheckpoint(join(folder, RUN_FILES.last), plan)
    : openSafetensorsFile(join(folder, RUN_FILES.initial)));
  await engine.write(opened.read());
  const reached = "progress" in opened ? opened.progress : undefined;
  await truncateMetrics(folder, reached?.metricsLength ?? 0);
  const aside = new Set(photos.aside.map(({ path }) => path));
  await using data = batchesOf(search, network, {
    settings,
    train: last ? photos.train : photos.train.filter(({ path }) => !aside.has(path)),
    ...measuredPhotos(photos, last ? "val" : "aside"),
  });
  const began = { began: new Date().toISOString(), epoch: reached?.epoch ?? 0, step: reached?.step ?? 0 };
  const lived: RunRecord = {
    ...record,
    engine: engine.description,
    lives: [...(record.lives ?? []), { ...began, engine: engine.description }],
  };
  const loop = trainLoop({
    engine,
    data: taughtData(data, { teacher, views: VIEWS, mostBytes: MOST_TARGET_BYTES }),
    store: diskCheckpointStore(folder, plan),
    schedule: settings.schedule,
    epochs,
    classes: labels.length,
    ...(reached && { progress: reached, validations: await readMetrics(folder) }),
    checkpointDue: ({ seconds }) => seconds >= SECONDS_BETWEEN_CHECKPOINTS,
    ...(computing.signal && { signal: computing.signal }),
  });
  for (;;) {
    const { done, value } = await loop.next();
    if (done) {
      const { best } = value.progress;
      const final = (await readMetrics(folder)).at(-1) ?? null;
      const status = value.reason === "stopped" ? "stopped" : "completed";
      await run.writeRecord({ ...lived, status, finished: new Date().toISOString(), best, final });
      return;
    }
    if (value.type === "warning") yield value;
    if (value.type === "step") {
      const { epoch, step, stepsPerEpoch } = value;
      const steps = (epoch - 1) * stepsPerEpoch + step;
      yield progress(task, steps * plan.batchSize, epochs * stepsPerEpoch * plan.batchSize, "photos");
    }
  }
}

function layersOf({ plan }: RunRecord): Network {
  if ("inference" in plan.network) throw new Error("internal: a round's network is a graph");
  return plan.network;
}
