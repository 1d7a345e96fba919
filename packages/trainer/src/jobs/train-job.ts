import { join } from "node:path";
import { thisMachine } from "@fleuron/machine";
import type { ProgressEvent } from "@fleuron/model";
import { type Initialisation, sizeOf } from "@fleuron/model";
import type { CheckpointInterval } from "@fleuron/model/options";
import { partOf, type SharedRun } from "@fleuron/mpi";
import type { BatchWorkerData } from "@fleuron/photos/batches";
import { WorkerData } from "@fleuron/photos/batches";
import { featureData } from "@fleuron/photos/features";
import {
  diskCheckpointStore,
  type InitialWeights,
  openCheckpoint,
  openSafetensorsFile,
  RUN_FILES,
  readMetrics,
  truncateMetrics,
} from "@fleuron/run-folder";
import type {
  EngineDescription,
  LoopEvent,
  LoopSettings,
  Schedule,
  TimeBudget,
  TrainingEngine,
  TrainingPlan,
  TrainingProgress,
} from "@fleuron/training";
import {
  HeadEngine,
  headAlone,
  initialState,
  type LoopResult,
  stateTensors,
  trainLoop,
} from "@fleuron/training";
import type { Ranks } from "@fleuron/training/ranks";
import { loadEngine } from "../engines/index.js";
import type { Job } from "./job.js";

/** What every process that shares a run computes, as plain data. */
export interface SharedWork {
  readonly plan: TrainingPlan;
  readonly data: BatchWorkerData;
  readonly engine: string;
  readonly threads: number | undefined;
  readonly deterministic: boolean;
}

/** Everything that training needs, as plain data. */
export interface TrainJobOptions extends SharedWork {
  readonly folder: string;
  readonly schedule: Schedule;
  readonly epochs: number;
  readonly loop: LoopSettings;
  readonly timeBudget: TimeBudget | undefined;
  readonly initialisation: Initialisation;
  /** What replaces drawn weights when the run begins, one after the other. */
  readonly initialWeights: readonly InitialWeights[];
  /** Whether to go on from the folder's checkpoint, if there is one. */
  readonly resume: boolean;
  readonly checkpointEvery: CheckpointInterval;
  /** With whom this process, the first of them, shares the run. Absent: it is alone. */
  readonly shared?: SharedRun | undefined;
}

export interface EngineReadyEvent {
  readonly type: "engine";
  readonly description: EngineDescription;
  /** The best of the epochs before, when a run is resumed. */
  readonly best: TrainingProgress["best"];
  readonly stepsPerEpoch: number;
  /** Where it begins: complete epochs, and steps of the next one. */
  readonly epoch: number;
  readonly step: number;
}

export const trainJob: Job<TrainJobOptions, LoopEvent | EngineReadyEvent, LoopResult> = async function* (
  options,
  signal,
) {
  const began = performance.now();
  const { plan, folder, checkpointEvery, timeBudget, initialWeights } = options;
  const engineModule = await loadEngine(options.engine);
  const notice = await engineModule.notice?.(thisMachine());
  if (notice !== undefined) yield { type: "warning", code: "first-use", message: notice };
  const parts = headAlone(plan, options.data.settings);
  const ranks = options.shared && (await gather(options.shared, options));
  await using workers = parts ? undefined : new WorkerData(partOf(options.data, ranks));
  const computing = await engineModule.create(parts?.head ?? plan, {
    signal,
    deterministic: options.deterministic,
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(ranks && { reduceGradients: (gradients) => ranks.sum(gradients) }),
  });
  await using engine = parts ? new HeadEngine(plan, parts, computing) : computing;
  let progress: TrainingProgress | undefined;
  if (options.resume) {
    await using checkpoint = await openCheckpoint(join(folder, RUN_FILES.last), plan);
    await engine.write(checkpoint.read());
    progress = checkpoint.progress;
  } else {
    yield* drawWeights(engine, plan, options);
    for (const { file, names } of initialWeights) {
      await using opened = await openSafetensorsFile(file);
      await engine.write(opened.read(names));
    }
  }
  const data =
    workers ??
    (yield* featureData({ parts: parts!, photos: options.data, engine, threads: options.threads, signal }));
  // Also a run that begins again may have been killed between its first line and its first checkpoint.
  await truncateMetrics(folder, progress?.metricsLength ?? 0);
  yield {
    type: "engine",
    description: { ...engine.description, ...(ranks && { ranks: ranks.count }) },
    best: progress?.best ?? null,
    stepsPerEpoch: data.stepsPerEpoch,
    epoch: progress?.epoch ?? 0,
    step: progress?.step ?? 0,
  };
  await using leading =
    ranks && (await (await import("@fleuron/training/ranks")).lead(ranks, engine, data, plan));
  return yield* trainLoop({
    engine: leading?.engine ?? engine,
    data: leading?.data ?? data,
    store: diskCheckpointStore(folder, plan),
    schedule: options.schedule,
    epochs: options.epochs,
    classes: options.data.settings.classes,
    ...options.loop,
    timeBudget: timeBudget && {
      ...timeBudget,
      spent: timeBudget.spent + (performance.now() - began) / 1000,
    },
    ...(progress && { progress, validations: await readMetrics(folder) }),
    checkpointDue: ({ steps, seconds }) =>
      checkpointEvery.unit === "steps"
        ? steps >= checkpointEvery.steps
        : seconds >= checkpointEvery.minutes * 60,
    signal,
  });
};

/** Waits for the other ranks. A run of one process loads nothing of them. */
async function gather(shared: SharedRun, options: TrainJobOptions): Promise<Ranks> {
  const { gatherRanks } = await import("@fleuron/mpi/ranks");
  const { plan, data, engine, threads, deterministic } = options;
  return gatherRanks<SharedWork>(shared, { plan, data, engine, threads, deterministic });
}

/** Millions of random numbers take seconds. */
async function* drawWeights(
  engine: TrainingEngine,
  plan: TrainingPlan,
  { initialisation, data }: TrainJobOptions,
): AsyncGenerator<ProgressEvent> {
  const total = stateTensors(plan).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  let completed = 0;
  for await (const tensor of initialState(plan, initialisation, data.settings.seed)) {
    await engine.write(
      (async function* () {
        yield tensor;
      })(),
    );
    completed += tensor.data.length;
    yield {
      type: "progress",
      task: `initial weights for ${engine.description.engine}`,
      completed,
      total,
      unit: "numbers",
    };
  }
}
