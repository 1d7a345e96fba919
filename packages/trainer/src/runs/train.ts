// Starts a run: photos, split, folder, and then the computing thread.
import { dirname, join, resolve } from "node:path";
import { networkOf } from "@fleuron/graph";
import { convolutionForms } from "@fleuron/machine";
import { countParameters, FleuronError, type WarningEvent } from "@fleuron/model";
import { checkOptions, pickOptions, withDefaults } from "@fleuron/model/options";
import { requireShareable, sharedRun } from "@fleuron/mpi";
import {
  dividedPhotos,
  expectations,
  findDataset,
  labelled,
  linearYardstick,
  nearDuplicates,
  photosOfSplit,
  prepareValidation,
  writeSplit,
} from "@fleuron/photos";
import {
  createFreeRunFolder,
  createRunFolder,
  defaultRunFolder,
  describeMachine,
  matchWeights,
  RUN_FILES,
  requireNewRunFolder,
  weightsFileOf,
  weightsToBegin,
  writeInitialWeights,
  writeLatestRun,
} from "@fleuron/run-folder";
import {
  adaptRecipe,
  batchSettingsOf,
  learnsFromScratch,
  loopOptions,
  type Recipe,
  type RecipeName,
  recipes,
  requireMemory,
  resizingOf,
} from "@fleuron/training";
import { enlargedPhotos } from "@fleuron/training/data";
import type { RunEvent } from "../api.js";
import { chooseEngine } from "../engines/choose-engine.js";
import { loadEngine } from "../engines/index.js";
import { chooseNetwork } from "../networks/choose-network.js";
import { type TrainOptions, trainOptions } from "../options/train-options.js";
import { computeAlong } from "./compute-along.js";
import { withFallback } from "./fallback.js";
import { fitToTime } from "./fit-to-time.js";
import { followRun } from "./follow-run.js";
import { tellMixed } from "./initial-run.js";
import { newRecord } from "./new-record.js";
import { isRecipeFile, recipeOfFile } from "./recipe-of-file.js";
import { settingsOfRun } from "./settings-of-run.js";
import { budgetOf } from "./time-budget.js";

/**
 * Starts a run, or throws a FleuronError. Of several processes that `mpirun` has started, the first does: the others compute along,
 * and have no events.
 */
export async function* train(options: TrainOptions): AsyncGenerator<RunEvent, void> {
  const began = performance.now();
  checkOptions(trainOptions, options);
  const shared = await sharedRun(options);
  if (shared !== undefined && shared.launch.rank > 0) return yield* computeAlong(shared);
  const settings = withDefaults(trainOptions, options);
  const { deterministic, seed, runsFolder, threads, signal } = settings;
  const engineFor = ({ mixedPrecision: mayRound }: Recipe) => {
    const { engine, mixedPrecision } = settings;
    return chooseEngine({ engine, mixedPrecision, mayRound, shared: shared !== undefined });
  };
  // The folder, the engine, the network and a file of weights are checked before the photos: a mistake should cost no time.
  if (options.out !== undefined) await requireNewRunFolder(resolve(options.out));
  const wished = yield* chooseNetwork(options);
  const own = isRecipeFile(options.recipe) ? await recipeOfFile(options.recipe) : undefined;
  const recipeNamed = (wish: string | undefined, photosPerClass: number) =>
    wished.suited(own ?? recipes[(wish as RecipeName | undefined) ?? wished.recipeFor(photosPerClass)]);
  const asked = recipeNamed(options.recipe, Number.POSITIVE_INFINITY);
  const { name: engine, precision } = await engineFor(asked);
  const least = wished.plan(adaptRecipe(asked, settings), { classes: 2, precision });
  requireShareable(shared, least, asked);
  requireMemory(least, await loadEngine(engine), describeMachine().memory);

  const initFrom = options.initFrom === undefined ? undefined : await weightsFileOf(options.initFrom);

  const found = yield* findDataset(options.data, { threads, signal });
  const { recipe: wish, timeBudget } = withFallback(options, found);
  const resizing = resizingOf(recipeNamed(wish, Number.POSITIVE_INFINITY), wished.imageSize);
  const photos = yield* dividedPhotos(found.folder, { ...options, preprocessing: resizing, seed });
  const { dataset, split } = photos;
  if (wished.learnt) yield* enlargedPhotos(dataset.photos, wished.imageSize);
  const classes = dataset.labels.length;
  const usual = recipeNamed(wish, split.train.length / classes);
  const chosen = await engineFor(usual);
  const fitted =
    timeBudget === undefined || wish !== undefined || shared !== undefined || !learnsFromScratch(usual)
      ? undefined
      : yield* fitToTime({
          network: wished,
          recipe: usual,
          changes: settings,
          classes,
          engine: chosen,
          threads,
          trainCount: split.train.length,
          secondsLeft: () => timeBudget - (performance.now() - began) / 1000,
          signal,
        });
  const { network, recipe: base } = fitted ?? { network: wished, recipe: usual };
  const place = options.out ?? defaultRunFolder(runsFolder, base.name, new Date());
  const sides = photosOfSplit(dataset, split);
  // Drawn flowers look alike and are no bursts.
  if (found.name !== "procedural") yield* nearDuplicates(dataset, sides, signal);
  const [trainPhotos, valPhotos] = [labelled(sides.train), labelled(sides.val)];

  const valPixels = yield* prepareValidation(dataset, sides.val, {
    preprocessing: resizing,
    threads,
    signal,
  });

  const { pixels } = dataset;
  const linearAccuracy =
    found.name === "procedural"
      ? yield* linearYardstick({ pixels, train: trainPhotos, val: valPhotos, classes, signal })
      : undefined;
  const balanced = settings.classWeights === "balanced";
  yield* expectations(split, { balanced, fromScratch: learnsFromScratch(base) });
  const given = { ...settings, timeBudget, initFrom };
  const recipe = yield* settingsOfRun(base, given, { dataset, train: trainPhotos });
  const preprocessing = network.preprocessing(recipe);
  const planned = network.plan(recipe, { classes, precision: chosen.precision });
  const plan = { ...planned, convolutions: convolutionForms() };
  requireShareable(shared, plan, recipe);
  const batches = batchSettingsOf(recipe, { network: plan.network, classes, seed, preprocessing });
  const initial = initFrom === undefined ? undefined : await matchWeights(initFrom, plan);
  if (initial?.warning) yield initial.warning;
  const learntBefore =
    initial && (yield* tellMixed(initial.weights.file, { labels: dataset.labels, preprocessing, split }));
  const record = newRecord({
    ...{ options: settings, recipe, network, plan, preprocessing, photos, linearAccuracy, learntBefore },
    engine: chosen,
    dataName: found.name,
  });
  const create = options.out === undefined ? createFreeRunFolder : createRunFolder;
  await using run = await create(resolve(place), record, async (path) => {
    await writeSplit(join(path, RUN_FILES.split), split);
    if (network.learnt) await writeInitialWeights(path, network.learnt.weights(plan));
  });
  yield* madeLatest(run.path, runsFolder);

  yield* followRun({
    run,
    engineReason: chosen.reason,
    recipeReason: fitted?.reason,
    parameters: countParameters(networkOf(plan.network).parameters),
    job: {
      folder: run.path,
      plan,
      data: { settings: batches, pixels, valPixels, train: trainPhotos, val: valPhotos },
      schedule: recipe.schedule,
      epochs: recipe.epochs,
      loop: pickOptions(loopOptions, settings),
      timeBudget: budgetOf(timeBudget, began, settings.skipReport),
      initialisation: recipe.initialisation,
      initialWeights: await weightsToBegin(run.path, plan, initial?.weights),
      engine: chosen.name,
      threads,
      deterministic,
      resume: false,
      checkpointEvery: settings.checkpointEvery,
      shared,
    },
    skipReport: settings.skipReport,
    signal,
  });
}

/** A run elsewhere is nobody's latest, and one that cannot be is still a run. */
async function* madeLatest(folder: string, runsFolder: string): AsyncGenerator<WarningEvent, void> {
  if (dirname(folder) !== resolve(runsFolder)) return;
  try {
    await writeLatestRun(folder);
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    const message = `This run is not taken as the latest one, so name it with \`run\`: ${error.message}`;
    yield { type: "warning", code: "latest-not-written", message };
  }
}
