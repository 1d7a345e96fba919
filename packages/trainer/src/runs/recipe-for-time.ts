import type { ProgressEvent } from "@fleuron/model";
import { type ChosenForEpochs, recipeForEpochs } from "@fleuron/training";
import { hostOf } from "../jobs/host-of.js";
import { runJob } from "../jobs/run-job.js";
import type { SpeedJobOptions } from "../jobs/speed-job.js";

/** Validation and checkpoints take about so much of a run. */
const BESIDE_STEPS = 0.1;

interface TimedRun extends SpeedJobOptions {
  readonly trainCount: number;
  readonly secondsLeft: () => number;
  /** The most epochs that are wanted. */
  readonly epochs: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The recipe for a run from scratch of which only its time is given: a few steps are measured. */
export async function* recipeForTime(run: TimedRun): AsyncGenerator<ProgressEvent, ChosenForEpochs> {
  const { engine, plan, threads, trainCount, secondsLeft, epochs = Number.POSITIVE_INFINITY, signal } = run;
  const perSecond = yield* runJob("speed", { engine, plan, threads }, signal, await hostOf(engine));
  const fitting = (Math.max(0, secondsLeft()) * (1 - BESIDE_STEPS) * perSecond) / trainCount;
  return recipeForEpochs(Math.min(fitting, epochs));
}
