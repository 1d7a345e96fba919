// The training loop: epochs of steps, a validation after each, checkpoints beside it. It knows neither the
// network nor the machine: batches come from `data`, steps from `engine`, and `store` keeps what must survive.

import type { BestEpoch, EpochMetrics } from "@fleuron/model";
import type { TrainingData } from "../data/training-data.js";
import type { TrainingEngine } from "../engine/engine.js";
import type { LoopEvent, StepEvent } from "../events.js";
import type { LoopSettings } from "../options/loop-options.js";
import { anneals, type Schedule } from "../schedules/index.js";
import { type Plateau, plateauAfter } from "../schedules/plateau.js";
import { withoutSlots } from "../state.js";
import { bestAfter, type Validations } from "./best-epoch.js";
import type { CheckpointStore, TrainingProgress } from "./checkpoint.js";
import { divergence } from "./divergence.js";
import { notFinite, placeOf } from "./only-numbers.js";
import { Pace } from "./pace.js";
import { afterEpoch, afterStep, meansOf, startOfRun } from "./progress.js";
import { type Begun, Saves } from "./saves.js";
import type { TimeBudget } from "./time-budget.js";
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

/**
 * Trains until the run's length is complete, nothing gets better, or `signal` is aborted; returns how far it came.
 * @throws FleuronError "loss-not-finite" when the loss or the weights are no longer numbers; the last checkpoint
 * stays as it was.
 */
export async function* trainLoop(options: LoopOptions): AsyncGenerator<LoopEvent, LoopResult> {
  await using saves = new Saves(options.store, options.progress);
  return yield* new Loop(options, saves).run();
}

/** What a life of a run did of an epoch. */
interface EpochLived {
  readonly photos: number;
  readonly seconds: number;
  /** The last step's. */
  readonly learningRate: number;
}

class Loop {
  readonly #options: LoopOptions;
  readonly #saves: Saves;
  readonly #pace: Pace;
  readonly #validations: Validations[number][];
  #progress: TrainingProgress;
  #diverges = false;

  constructor(options: LoopOptions, saves: Saves) {
    const { data, schedule, epochs, timeBudget, progress = startOfRun, validations = [] } = options;
    const { stepsPerEpoch, valCount } = data;
    this.#options = options;
    this.#saves = saves;
    this.#pace = new Pace({ schedule, epochs, stepsPerEpoch, valCount, timeBudget }, progress.fitted);
    this.#validations = [...validations];
    this.#progress = progress;
  }

  async *run(): AsyncGenerator<LoopEvent, LoopResult> {
    const { signal } = this.#options;
    while (!this.#isComplete && !this.#isStalled) {
      const lived = yield* this.#steps();
      if (lived === undefined) break;
      yield* this.#endOfEpoch(lived);
      if (signal?.aborted) break;
    }
    yield* this.#saves.settled();
    const reason = this.#isComplete ? "completed" : this.#isStalled ? "stopped early" : "stopped";
    return { progress: this.#progress, epochs: this.#pace.epochs, reason };
  }

  get #isComplete(): boolean {
    return this.#progress.epoch >= this.#pace.epochs;
  }

  get #isStalled(): boolean {
    const { epoch, best } = this.#progress;
    const { patience } = this.#options;
    return patience !== undefined && best !== null && epoch - best.epoch >= patience;
  }

  /** The steps that are left of an epoch; nothing comes back where the run is to end before they do. */
  async *#steps(): AsyncGenerator<LoopEvent, EpochLived | undefined> {
    const { engine, data, signal, checkpointDue } = this.#options;
    const [saves, pace] = [this.#saves, this.#pace];
    const { epoch } = this.#progress;
    let lived: EpochLived = { photos: 0, seconds: 0, learningRate: 0 };
    let waitingSince = performance.now();
    for await (const batch of data.training(epoch, this.#progress.step)) {
      const waited = secondsSince(waitingSince);
      const learningRate = pace.learningRate(this.#progress);
      const metrics = await engine.step(batch, { learningRate });
      if (!Number.isFinite(metrics.loss)) {
        const what = `loss became ${metrics.loss} in ${placeOf(this.#progress, 1)}`;
        throw notFinite(what, saves.place, learningRate);
      }
      const seconds = secondsSince(waitingSince);
      const { normalizer } = batch;
      this.#progress = afterStep(this.#progress, { ...metrics, normalizer, seconds, waited });
      const photos = batch.place?.of ?? batch.size;
      lived = { photos: lived.photos + photos, seconds: lived.seconds + seconds, learningRate };
      pace.speed.step(seconds, waited, photos);
      yield* pace.fitAfterStep(this.#progress, saves.secondsBehind);
      yield this.#stepEvent(learningRate);
      if (this.#progress.step >= pace.stepsOf(epoch)) break;
      const isStopped = signal?.aborted ?? false;
      if (isStopped || checkpointDue(saves.sinceLast(this.#progress))) {
        yield* saves.settled();
        await this.#complete(saves.begin({ last: engine.read() }, this.#progress));
      }
      if (isStopped) return undefined;
      yield* saves.news();
      waitingSince = performance.now();
    }
    return lived;
  }

  #stepEvent(learningRate: number): StepEvent {
    const { epoch, step } = this.#progress;
    const { speed, epochs } = this.#pace;
    return {
      type: "step",
      epoch: epoch + 1,
      epochs,
      step,
      stepsPerEpoch: this.#pace.stepsOf(epoch),
      ...meansOf(this.#progress),
      learningRate,
      imagesPerSecond: speed.imagesPerSecond,
      dataWait: speed.dataWait,
      secondsLeft: this.#pace.secondsLeft(this.#progress),
    };
  }

  /** Validates, while the state is being taken that is saved with what comes of it. */
  async *#endOfEpoch(lived: EpochLived): AsyncGenerator<LoopEvent, void> {
    const { engine, store, classes, timeBudget } = this.#options;
    const [saves, pace] = [this.#saves, this.#pace];
    const began = performance.now();
    yield* saves.settled();
    const { epoch, best: bestBefore } = this.#progress;
    const steps = pace.stepsOf(epoch);
    const states = { last: engine.read(), best: withoutSlots(engine.read()) };
    await using begun = saves.begin(states, { epoch: epoch + 1, step: 0 });
    const { calibration, ...validation } = yield* validate(this.#options);
    if (!Number.isFinite(validation.valLoss)) {
      const what = `validation loss became ${validation.valLoss} after epoch ${epoch + 1}`;
      throw notFinite(what, saves.place, lived.learningRate);
    }
    const metrics = this.#metrics(lived, validation);
    await store.appendMetrics(metrics);
    this.#validations.push(metrics);
    const best = this.#best();
    this.#progress = afterEpoch(this.#progress, { best, calibration, plateau: this.#plateau() });
    await this.#complete(begun, best === bestBefore ? undefined : steps);
    yield* saves.news();
    pace.speed.betweenEpochs(secondsSince(began));
    yield { type: "epoch", ...metrics, epochs: pace.epochs, best };
    const diverging = this.#diverges ? undefined : divergence(metrics, classes);
    if (diverging) {
      this.#diverges = true;
      yield diverging;
    }
    if (timeBudget && saves.secondsBehind === undefined) yield* saves.settled();
    pace.fitAfterEpoch(this.#progress, saves.secondsBehind);
  }

  #metrics(lived: EpochLived, validation: Pick<EpochMetrics, "valLoss" | "valAccuracy">): EpochMetrics {
    const { epoch, sums } = this.#progress;
    return {
      epoch: epoch + 1,
      ...meansOf(this.#progress),
      ...validation,
      learningRate: lived.learningRate,
      seconds: sums.seconds,
      imagesPerSecond: lived.photos / lived.seconds,
      dataWait: sums.dataWaitSeconds / sums.seconds,
    };
  }

  /** After the last validation. */
  #best(): BestEpoch {
    const { epoch, best } = this.#progress;
    const isLast = epoch + 1 === this.#pace.epochs;
    return bestAfter(this.#validations, best, isLast && anneals(this.#options.schedule));
  }

  #plateau(): Plateau | undefined {
    const accuracies = this.#validations.map(({ valAccuracy }) => valAccuracy);
    return plateauAfter(this.#options.schedule, this.#progress.plateau, accuracies);
  }

  /** @param bestOf the steps of the epoch whose end is the best so far. */
  async #complete(begun: Begun, bestOf?: number): Promise<void> {
    this.#progress = this.#pace.recorded(this.#progress);
    const best = bestOf === undefined ? undefined : { progress: this.#progress, step: bestOf };
    await begun.complete(this.#progress, best);
  }
}

const secondsSince = (moment: number): number => (performance.now() - moment) / 1000;
