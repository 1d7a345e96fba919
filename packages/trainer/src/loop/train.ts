// The training loop: epochs of steps, a validation after each, checkpoints in between. It knows neither the
// network nor the machine: batches come from `data`, steps from `engine`, and `store` keeps what must survive.
import type { TrainingData } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";
import { trainerError } from "../errors.js";
import type { EpochMetrics, LoopEvent } from "../events.js";
import { learningRateAt, type Schedule } from "../schedules/index.js";
import type { NamedTensor } from "../state.js";
import type { CheckpointStore, TrainingProgress } from "./checkpoint.js";
import { evaluateBatches } from "./evaluate.js";
import { SpeedMeter } from "./speed-meter.js";

export interface LoopOptions {
  readonly engine: TrainingEngine;
  readonly data: TrainingData;
  readonly store: CheckpointStore;
  readonly schedule: Schedule;
  readonly epochs: number;
  readonly classes: number;
  /** What makes an epoch the best one so far. */
  readonly best: "valLoss" | "valAccuracy";
  /** Where to go on; default: the beginning. */
  readonly progress?: TrainingProgress;
  /** Whether a checkpoint is due besides those at the end of each epoch. */
  readonly checkpointDue: (sinceLast: { readonly steps: number; readonly seconds: number }) => boolean;
  /** Ends the run after the step that is under way, with a checkpoint. */
  readonly signal?: AbortSignal;
}

const noSums = { loss: 0, correct: 0, samples: 0, seconds: 0, dataWaitSeconds: 0 };

export const startOfRun: TrainingProgress = {
  epoch: 0,
  step: 0,
  iterations: 0,
  sums: noSums,
  metricsLength: 0,
  best: null,
};

/**
 * Trains until `epochs` are complete or `signal` is aborted; returns how far it came.
 * @throws FleuronError "loss-not-finite" when the loss or the weights are no longer numbers; the last checkpoint
 * stays as it was.
 */
export async function* trainLoop(options: LoopOptions): AsyncGenerator<LoopEvent, TrainingProgress> {
  const { engine, data, store, epochs, signal } = options;
  const { stepsPerEpoch } = data;
  let progress = options.progress ?? startOfRun;
  const speed = new SpeedMeter();
  let saved = { iterations: progress.iterations, at: performance.now() };

  const saveLast = async () => {
    await store.saveLast(progress, onlyNumbers(engine.read(), progress));
    saved = { iterations: progress.iterations, at: performance.now() };
    return { type: "checkpoint", kind: "last", epoch: progress.epoch + 1, step: progress.step } as const;
  };

  while (progress.epoch < epochs) {
    const epoch = progress.epoch;
    let waitingSince = performance.now();
    for await (const batch of data.training(epoch, progress.step)) {
      const waited = (performance.now() - waitingSince) / 1000;
      const moment = { iteration: progress.iterations, stepsPerEpoch, epochs };
      const learningRate = learningRateAt(options.schedule, moment);
      const { loss, correctCount } = await engine.step(batch, { learningRate });
      if (!Number.isFinite(loss))
        throw notFinite(`loss became ${loss} in ${placeOf(progress, 1)}`, learningRate);
      const seconds = (performance.now() - waitingSince) / 1000;
      const { sums } = progress;
      progress = {
        ...progress,
        step: progress.step + 1,
        iterations: progress.iterations + 1,
        sums: {
          loss: sums.loss + loss * batch.normalizer,
          correct: sums.correct + correctCount,
          samples: sums.samples + batch.normalizer,
          seconds: sums.seconds + seconds,
          dataWaitSeconds: sums.dataWaitSeconds + waited,
        },
      };
      speed.step(seconds, waited, batch.size);
      yield {
        type: "step",
        epoch: epoch + 1,
        epochs,
        step: progress.step,
        stepsPerEpoch,
        ...means(progress),
        learningRate,
        imagesPerSecond: speed.imagesPerSecond,
        dataWait: speed.dataWait,
        secondsLeft: speed.secondsLeft({ ...progress, stepsPerEpoch, epochs }),
      };
      const stopped = signal?.aborted ?? false;
      const sinceLast = {
        steps: progress.iterations - saved.iterations,
        seconds: (performance.now() - saved.at) / 1000,
      };
      if (progress.step < stepsPerEpoch && (stopped || options.checkpointDue(sinceLast)))
        yield await saveLast();
      if (stopped && progress.step < stepsPerEpoch) return progress;
      waitingSince = performance.now();
    }

    const between = performance.now();
    const learningRate = learningRateAt(options.schedule, {
      iteration: progress.iterations - 1,
      stepsPerEpoch,
      epochs,
    });
    const { valLoss, valAccuracy } = yield* validate(options);
    if (!Number.isFinite(valLoss))
      throw notFinite(`validation loss became ${valLoss} after epoch ${epoch + 1}`, learningRate);
    const metrics: EpochMetrics = {
      epoch: epoch + 1,
      ...means(progress),
      valLoss,
      valAccuracy,
      learningRate,
      seconds: progress.sums.seconds,
      imagesPerSecond: progress.sums.samples / progress.sums.seconds,
      dataWait: progress.sums.dataWaitSeconds / progress.sums.seconds,
    };
    const isBest = !progress.best || improves(options.best, metrics, progress.best);
    await store.appendMetrics(metrics);
    progress = {
      ...progress,
      epoch: epoch + 1,
      step: 0,
      sums: noSums,
      metricsLength: progress.metricsLength + 1,
      best: isBest ? { epoch: epoch + 1, valLoss, valAccuracy } : progress.best,
    };
    if (isBest) {
      await store.saveBest(progress, onlyNumbers(withoutSlots(engine.read()), progress));
      yield { type: "checkpoint", kind: "best", epoch: epoch + 1, step: stepsPerEpoch };
    }
    yield await saveLast();
    speed.betweenEpochs((performance.now() - between) / 1000);
    yield { type: "epoch", ...metrics, epochs, best: isBest };
    if (signal?.aborted) return progress;
  }
  return progress;
}

async function* validate({
  engine,
  data,
  classes,
}: LoopOptions): AsyncGenerator<LoopEvent, { readonly valLoss: number; readonly valAccuracy: number }> {
  const batches = evaluateBatches(engine, data.validation(), classes);
  for (;;) {
    const { done, value: sums } = await batches.next();
    if (done) return { valLoss: sums.loss / sums.count, valAccuracy: sums.correct / sums.count };
    yield {
      type: "progress",
      task: "validating",
      completed: sums.count,
      total: data.valCount,
      unit: "photos",
    };
  }
}

const means = ({ sums }: TrainingProgress) => ({
  loss: sums.loss / sums.samples,
  accuracy: sums.correct / sums.samples,
});

function improves(
  measure: LoopOptions["best"],
  now: { readonly valLoss: number; readonly valAccuracy: number },
  best: { readonly valLoss: number; readonly valAccuracy: number },
): boolean {
  return measure === "valLoss" ? now.valLoss < best.valLoss : now.valAccuracy > best.valAccuracy;
}

async function* withoutSlots(tensors: AsyncIterable<NamedTensor>): AsyncGenerator<NamedTensor> {
  for await (const tensor of tensors) if (!tensor.name.startsWith("slots/")) yield tensor;
}

/** Passes tensors on, unless one holds something that is not a number: then nothing may be saved. */
async function* onlyNumbers(
  tensors: AsyncIterable<NamedTensor>,
  progress: TrainingProgress,
): AsyncGenerator<NamedTensor> {
  for await (const tensor of tensors) {
    // A sum is finite only if every element is, and takes one pass.
    let sum = 0;
    for (const value of tensor.data) sum += value;
    if (!Number.isFinite(sum)) {
      const where = progress.step > 0 ? placeOf(progress, 0) : `epoch ${progress.epoch}`;
      throw notFinite(`tensor '${tensor.name}' has become ${sum} by the end of ${where}`);
    }
    yield tensor;
  }
}

/** The step under way is `ahead` 1, the one before it 0. */
const placeOf = ({ epoch, step }: TrainingProgress, ahead: 0 | 1) =>
  `step ${step + ahead} of epoch ${epoch + 1}`;

function notFinite(what: string, learningRate?: number) {
  const rate = learningRate === undefined ? "" : ` at learning rate ${learningRate}`;
  return trainerError("loss-not-finite", `The ${what}${rate}.`, {
    hint: "Training stopped; the last checkpoint is as it was. Try a smaller --learning-rate.",
  });
}
