import type { ProgressEvent } from "@fleuron/model";
import {
  adaptRecipe,
  areEnoughEpochs,
  type ChosenNetwork,
  type Recipe,
  type RecipeChanges,
  recipeForEpochs,
  roundedEpochs,
} from "@fleuron/training";
import type { ChosenEngine } from "../engines/choose-engine.js";
import { hostOf } from "../jobs/host-of.js";
import { runJob } from "../jobs/run-job.js";

/** Validation and checkpoints take about so much of a run. */
const BESIDE_STEPS = 0.1;

interface TimedRun {
  readonly network: ChosenNetwork;
  /** The one whose steps are measured. */
  readonly recipe: Recipe;
  readonly changes: RecipeChanges;
  readonly classes: number;
  readonly engine: ChosenEngine;
  readonly threads: number | undefined;
  readonly trainCount: number;
  readonly secondsLeft: () => number;
  readonly signal: AbortSignal | undefined;
}

export interface FittedRun {
  readonly network: ChosenNetwork;
  readonly recipe: Recipe;
  /** Half a sentence. */
  readonly reason: string;
}

/** Width and recipe for a run from scratch of which only its time is given: a few steps are measured. */
export async function* fitToTime(run: TimedRun): AsyncGenerator<ProgressEvent, FittedRun> {
  const { network } = run;
  const fitting = yield* epochsThatFit(run, network);
  const suffices = fitting === run.changes.epochs || areEnoughEpochs(fitting);
  if (suffices || network.narrower === undefined) return { network, ...recipeForEpochs(fitting) };
  const { recipe, reason } = recipeForEpochs(yield* epochsThatFit(run, network.narrower));
  const why = `at half the width, for of the whole network ${roundedEpochs(fitting)} would`;
  return { network: network.narrower, recipe, reason: `${reason}; ${why}` };
}

/** As many as are wanted, at most. */
async function* epochsThatFit(
  { recipe, changes, classes, engine, threads, trainCount, secondsLeft, signal }: TimedRun,
  network: ChosenNetwork,
): AsyncGenerator<ProgressEvent, number> {
  const plan = network.plan(adaptRecipe(recipe, changes), { classes, precision: engine.precision });
  const job = { engine: engine.name, plan, threads };
  const perSecond = yield* runJob("speed", job, signal, await hostOf(engine.name));
  const fitting = (Math.max(0, secondsLeft()) * (1 - BESIDE_STEPS) * perSecond) / trainCount;
  return Math.min(fitting, changes.epochs ?? Number.POSITIVE_INFINITY);
}
