// Watches what trains: passes its events on, and keeps `run.json` true.
import { largestClass } from "@fleuron/model";
import {
  isLatestRun,
  livesOf,
  type RunLife,
  type RunRecord,
  readMetrics,
  runSettingsOf,
  type WritableRunFolder,
} from "@fleuron/run-folder";
import type { LoopResult } from "@fleuron/training";
import type { RunEvent, RunStartEvent } from "../api.js";
import { hostOf } from "../jobs/host-of.js";
import { runJob } from "../jobs/run-job.js";
import type { EngineReadyEvent, TrainJobOptions } from "../jobs/train-job.js";
import { writeReport } from "./write-report.js";

export interface FollowOptions {
  readonly run: WritableRunFolder;
  readonly job: TrainJobOptions;
  /** What a run that is resumed was. */
  readonly before?: RunRecord | undefined;
  readonly engineReason: string;
  readonly recipeReason?: string | undefined;
  readonly parameters: number;
  readonly skipReport: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Steps after which the speed is known well enough to say how long the run will take. */
const stepsToEstimate = 5;

/** Leaving the events early ends the training at once; its last checkpoint stays. */
export async function* followRun(options: FollowOptions): AsyncGenerator<RunEvent, void> {
  const { run, job, skipReport, signal } = options;
  const started = performance.now();
  let record: RunRecord = { ...run.record, status: "running", finished: null, epochs: job.epochs };
  let status: "completed" | "stopped" | "failed" = "stopped";
  const end: { result?: LoopResult } = {};
  const events = async function* () {
    end.result = yield* runJob("train", job, signal, await hostOf(job.engine));
  };
  let steps = 0;
  try {
    for await (const event of events()) {
      if (event.type === "engine") {
        const final = (await readMetrics(run.path)).at(-1) ?? null;
        const lives = withLife(livesOf(run.record), event);
        record = { ...record, engine: event.description, lives, best: event.best, final };
        await run.writeRecord(record);
        yield startOf(options, record, event);
        continue;
      }
      if (event.type === "epoch") {
        const { type: _, epochs: __, best, ...final } = event;
        record = { ...record, final, best };
        await run.writeRecord(record);
      }
      yield event;
      if (event.type === "step" && ++steps === stepsToEstimate) {
        yield { type: "estimate", seconds: event.secondsLeft, imagesPerSecond: event.imagesPerSecond };
      }
    }
    if (end.result && end.result.reason !== "stopped") {
      status = "completed";
      record = { ...record, epochs: end.result.epochs };
    }
  } catch (error) {
    status = error === signal?.reason ? "stopped" : "failed";
    throw error;
  } finally {
    // A life that took no step has changed nothing, but may have found what its run had reached.
    const { best, final } = record;
    const lived = steps > 0 ? record : { ...(options.before ?? record), best, final };
    const ended =
      lived.status === "completed" ? lived : { ...lived, status, finished: new Date().toISOString() };
    const written = run.writeRecord(ended);
    // What made the run fail, such as a full disk, matters more than that this cannot be written either.
    await (status === "failed" ? written.catch(() => undefined) : written);
  }
  const { best, final } = record;
  // Asked to stop before, the run still leaves its report; asked to stop now, it does not wait for it.
  const report =
    best === null || skipReport ? null : yield* writeReport(job, signal?.aborted ? undefined : signal);
  yield {
    type: "end",
    reason: end.result?.reason ?? status,
    folder: run.path,
    latest: await isLatestRun(run.path),
    epoch: end.result?.progress.epoch ?? 0,
    epochs: end.result?.epochs ?? job.epochs,
    seconds: (performance.now() - started) / 1000,
    best,
    final: final && { valLoss: final.valLoss, valAccuracy: final.valAccuracy },
    report,
  };
}

/** Lives that began no earlier have left nothing. */
const withLife = (lives: readonly RunLife[], { description, epoch, step }: EngineReadyEvent) => [
  ...lives.filter((life) => life.epoch < epoch || (life.epoch === epoch && life.step < step)),
  { began: new Date().toISOString(), epoch, step, engine: description },
];

const startOf = (
  { run, job, before, parameters, engineReason, recipeReason }: FollowOptions,
  record: RunRecord,
  { description, stepsPerEpoch }: EngineReadyEvent,
): RunStartEvent => ({
  type: "run",
  folder: run.path,
  resumed: before !== undefined,
  recipe: record.recipe,
  recipeSummary: runSettingsOf(record).summary,
  ...(recipeReason !== undefined && { recipeReason }),
  network: record.plan.network.name,
  parameters,
  labels: record.labels,
  dataset: {
    name: record.dataset.name ?? "folder",
    ...(record.dataset.linearAccuracy !== undefined && { linearAccuracy: record.dataset.linearAccuracy }),
    ...(record.dataset.learntBefore !== undefined && { learntBefore: record.dataset.learntBefore }),
  },
  trainCount: job.data.train.length,
  valCount: job.data.val.length,
  testCount: record.dataset.testCount ?? 0,
  largestClass: largestClass(
    record.labels.map((label, index) => ({
      label,
      count: job.data.val.filter((photo) => photo.label === index).length,
    })),
  ),
  epochs: job.epochs,
  batchSize: Math.min(job.plan.batchSize, job.data.train.length),
  stepsPerEpoch,
  ...(job.timeBudget && { timeBudget: job.timeBudget.seconds }),
  engine: description,
  engineReason,
});
