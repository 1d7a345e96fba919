// Watches a training thread: passes its events on, and keeps `run.json` true.
import type { EpochMetrics } from "../../events.js";
import type { TrainingProgress } from "../../loop/checkpoint.js";
import type { RunEvent } from "../api.js";
import { runJob } from "../jobs/run-job.js";
import type { TrainJobOptions } from "../jobs/train-job.js";
import type { RunRecord, WritableRunFolder } from "../run-folder/index.js";

export interface FollowOptions {
  readonly run: WritableRunFolder;
  readonly job: TrainJobOptions;
  readonly resumed: boolean;
  readonly engineReason: string;
  readonly parameters: number;
  readonly signal?: AbortSignal | undefined;
}

/** Steps after which the speed is known well enough to say how long the run will take. */
const stepsToEstimate = 5;

export async function* followRun(options: FollowOptions): AsyncGenerator<RunEvent, void> {
  const { run, job, signal } = options;
  const started = performance.now();
  let record: RunRecord = { ...run.record, status: "running", finished: null, epochs: job.epochs };
  let final: EpochMetrics | null = record.final;
  let steps = 0;

  const finish = async (status: RunRecord["status"], best: TrainingProgress["best"]) => {
    await run.writeRecord({ ...record, status, finished: new Date().toISOString(), best, final });
  };
  try {
    const events = runJob("train", job, signal);
    for (;;) {
      const { done, value } = await events.next();
      if (done) {
        const reason = value.epoch >= job.epochs ? "completed" : "stopped";
        await finish(reason, value.best);
        yield {
          type: "end",
          reason,
          folder: run.path,
          epoch: value.epoch,
          epochs: job.epochs,
          seconds: (performance.now() - started) / 1000,
          best: value.best,
          final: final && { valLoss: final.valLoss, valAccuracy: final.valAccuracy },
        };
        return;
      }
      if (value.type === "engine") {
        record = { ...record, engine: value.description };
        await run.writeRecord(record);
        yield {
          type: "run",
          folder: run.path,
          resumed: options.resumed,
          recipe: record.recipe,
          network: record.plan.network.name,
          parameters: options.parameters,
          labels: record.labels,
          trainCount: job.data.train.length,
          valCount: job.data.val.length,
          epochs: job.epochs,
          batchSize: job.plan.batchSize,
          stepsPerEpoch: value.stepsPerEpoch,
          engine: value.description,
          engineReason: options.engineReason,
        };
        continue;
      }
      yield value;
      if (value.type === "epoch") {
        const { type: _, epochs: __, best, ...metrics } = value;
        final = metrics;
        if (best)
          record = {
            ...record,
            best: { epoch: metrics.epoch, valLoss: metrics.valLoss, valAccuracy: metrics.valAccuracy },
          };
      }
      if (value.type === "step" && ++steps === stepsToEstimate) {
        yield { type: "estimate", seconds: value.secondsLeft, imagesPerSecond: value.imagesPerSecond };
      }
    }
  } catch (error) {
    await finish("failed", record.best);
    throw error;
  }
}
