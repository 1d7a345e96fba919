// The training loop: epochs of steps, a validation after each, checkpoints beside it. It knows neither the
// network nor the machine: batches come from `data`, steps from `engine`, and `store` keeps what must survive.

import type { EpochMetrics } from "@fleuron/model";
import type { TrainingData } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";
import type { LoopEvent } from "../events.js";
import type { LoopSettings } from "../options/loop-options.js";
import { anneals, learningRateAt, type Schedule } from "../schedules/index.js";
import { plateauAfter } from "../schedules/plateau.js";
import { type NamedTensor, withoutSlots } from "../state.js";
import { bestAfter, type Validations } from "./best-epoch.js";
import type { CheckpointStore, TrainingProgress } from "./checkpoint.js";
import { divergence } from "./divergence.js";
import { notFinite, onlyNumbers, placeOf } from "./only-numbers.js";
import { type Place, type RunLength, stepsLeft, stepsOfEpoch } from "./run-length.js";
import { type Begun, Saves } from "./saves.js";
import { SpeedMeter } from "./speed-meter.js";
import { BudgetedLength, type TimeBudget } from "./time-budget.js";
import { validate } from "./validate.js";

export interface LoopOptions extends LoopSettings {
  readonly engine: Pick<TrainingEngine, "step" | "predict" | "read">;
  readonly data: TrainingData;
  readonly store: CheckpointStore;
  readonly schedule: Schedule;
  readonly epochs: number;
  readonly classes: number;
  /** Fits the run's length to the time, up to `epochs`. */
  readonly timeBudget?: TimeBudget | undefined;
  /** Where to go on; default: the beginning. */
  readonly progress?: TrainingProgress;
  /** The validations of the epochs before `progress`. */
  readonly validations?: Validations;
  /** Whether a checkpoint is due besides those at the end of each epoch. */
  readonly checkpointDue: (sinceLast: { readonly steps: number; readonly seconds: number }) => boolean;
  /** Ends the run after the step that is under way, with a checkpoint. */
  readonly signal?: AbortSignal;
}

export interface LoopResult {
  readonly progress: TrainingProgress;
  /** The epochs of the run as planned, or as fitted to its time budget. */
  readonly epochs: number;
  readonly reason: "completed" | "stopped early" | "stopped";
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
 * Trains until the run's length is complete, nothing gets better, or `signal` is aborted; returns how far it came.
 * @throws FleuronError "loss-not-finite" when the loss or the weights are no longer numbers; the last checkpoint
 * stays as it was.
 */
export async function* trainLoop(options: LoopOptions): AsyncGenerator<LoopEvent, LoopResult> {
  const { engine, data, store, schedule, patience, signal, timeBudget } = options;
  const { stepsPerEpoch } = data;
  const speed = new SpeedMeter(data.valCount);
  let progress = options.progress ?? startOfRun;
  let length: RunLength = { epochs: options.epochs, lastSteps: stepsPerEpoch };
  const budget = timeBudget && new BudgetedLength(timeBudget, length, progress.fitted);
  if (budget) length = budget.length;
  const validations = [...(options.validations ?? [])];
  let saved = {
    place: options.progress as Place | undefined,
    iterations: progress.iterations,
    at: performance.now(),
  };
  let stepsOfLife = 0;
  let diverges = false;

  await using saves = new Saves(store);
  const savable = (tensors: AsyncIterable<NamedTensor>, place: Place) =>
    onlyNumbers(tensors, place, saved.place);
  const complete = async (begun: Begun, isBest = false, step = 0) => {
    const best = isBest ? { progress, step } : undefined;
    if (budget) progress = { ...progress, fitted: budget.fitted };
    await begun.complete(progress, best);
    saved = { place: progress, iterations: progress.iterations, at: performance.now() };
  };
  const scheduledRate = (iteration: number) =>
    learningRateAt(schedule, {
      iteration,
      stepsPerEpoch,
      epochs: (progress.iterations + stepsLeft(progress, length, stepsPerEpoch)) / stepsPerEpoch,
      ...(progress.plateau && { reductions: progress.plateau.reductions }),
    });
  const fit = (budget: BudgetedLength) => {
    const before = scheduledRate(progress.iterations - 1);
    length = budget.fit(progress, speed, saves.secondsBehind);
    budget.keepRate(before, scheduledRate(progress.iterations - 1));
  };
  const stalled = () =>
    patience !== undefined && progress.best !== null && progress.epoch - progress.best.epoch >= patience;

  while (progress.epoch < length.epochs && !stalled()) {
    const epoch = progress.epoch;
    let steps = stepsOfEpoch(epoch, length, stepsPerEpoch);
    let learningRate = 0;
    const lived = { photos: 0, seconds: 0 };
    let waitingSince = performance.now();
    for await (const batch of data.training(epoch, progress.step)) {
      const waited = (performance.now() - waitingSince) / 1000;
      const rate = scheduledRate(progress.iterations) * (budget?.rateFactor ?? 1);
      learningRate = Math.min(rate, schedule.learningRate);
      const { loss, correctCount } = await engine.step(batch, { learningRate });
      if (!Number.isFinite(loss))
        throw notFinite(`loss became ${loss} in ${placeOf(progress, 1)}`, saved.place, learningRate);
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
      const photos = batch.place?.of ?? batch.size;
      lived.photos += photos;
      lived.seconds += seconds;
      speed.step(seconds, waited, photos);
      stepsOfLife += 1;
      if (budget?.isDue(progress, stepsOfLife)) {
        fit(budget);
        steps = stepsOfEpoch(epoch, length, stepsPerEpoch);
        yield* budget.warnings();
      }
      yield {
        type: "step",
        epoch: epoch + 1,
        epochs: length.epochs,
        step: progress.step,
        stepsPerEpoch: steps,
        ...means(progress),
        learningRate,
        imagesPerSecond: speed.imagesPerSecond,
        dataWait: speed.dataWait,
        secondsLeft: speed.secondsLeft({ ...progress, ...length, stepsPerEpoch }),
      };
      if (progress.step >= steps) break;
      const stopped = signal?.aborted ?? false;
      const sinceLast = {
        steps: progress.iterations - saved.iterations,
        seconds: (performance.now() - saved.at) / 1000,
      };
      if (stopped || options.checkpointDue(sinceLast)) {
        yield* saves.settled();
        await complete(saves.begin({ last: savable(engine.read(), progress) }));
      }
      yield* stopped ? saves.settled() : saves.news();
      if (stopped) return { progress, epochs: length.epochs, reason: "stopped" };
      waitingSince = performance.now();
    }

    const between = performance.now();
    yield* saves.settled();
    const end = { epoch: epoch + 1, step: 0 };
    await using begun = saves.begin({
      last: savable(engine.read(), end),
      best: savable(withoutSlots(engine.read()), end),
    });
    const { valLoss, valAccuracy, calibration } = yield* validate(options);
    if (!Number.isFinite(valLoss))
      throw notFinite(
        `validation loss became ${valLoss} after epoch ${epoch + 1}`,
        saved.place,
        learningRate,
      );
    const metrics: EpochMetrics = {
      epoch: epoch + 1,
      ...means(progress),
      valLoss,
      valAccuracy,
      learningRate,
      seconds: progress.sums.seconds,
      imagesPerSecond: lived.photos / lived.seconds,
      dataWait: progress.sums.dataWaitSeconds / progress.sums.seconds,
    };
    await store.appendMetrics(metrics);
    validations.push(metrics);
    const atEnd = epoch + 1 === length.epochs;
    const best = bestAfter(validations, progress.best, atEnd && anneals(schedule));
    const isBest = best !== progress.best;
    const accuracies = validations.map((each) => each.valAccuracy);
    const plateau = plateauAfter(schedule, progress.plateau, accuracies);
    progress = {
      ...progress,
      ...end,
      sums: noSums,
      metricsLength: progress.metricsLength + 1,
      best,
      calibration,
      ...(plateau && { plateau }),
    };
    await complete(begun, isBest, steps);
    yield* saves.news();
    speed.betweenEpochs((performance.now() - between) / 1000);
    yield { type: "epoch", ...metrics, epochs: length.epochs, best };
    const diverging = diverges ? undefined : divergence(metrics, options.classes);
    if (diverging) {
      diverges = true;
      yield diverging;
    }
    if (budget && epoch + 1 < length.epochs) {
      if (saves.secondsBehind === undefined) yield* saves.settled();
      fit(budget);
    }
    if (signal?.aborted) break;
  }
  yield* saves.settled();
  const reason = progress.epoch >= length.epochs ? "completed" : stalled() ? "stopped early" : "stopped";
  return { progress, epochs: length.epochs, reason };
}

const means = ({ sums }: TrainingProgress) => ({
  loss: sums.loss / sums.samples,
  accuracy: sums.correct / sums.samples,
});
