// A new run: its photos stored, its network planned.
import { withDefaults } from "@fleuron/model/options";
import { networkText, RUN_FILES } from "@fleuron/run-folder/format";
import {
  adaptRecipe,
  ColourMeter,
  headAlone,
  needsColours,
  type RunSettings,
  recipes,
  resizingOf,
  startOfRun,
} from "@fleuron/training";
import { balancedClassWeights, enlargedPhotos } from "@fleuron/training/data";
import { trainerWebError } from "../errors.js";
import type { TrainedFiles, TrainingRequest } from "../messages.js";
import { chooseNetwork } from "../networks/choose-network.js";
import { trainingOptions } from "../options.js";
import { inOrder } from "../photos/labelled-photo.js";
import { type PhotoStore, storePhotos } from "../photos/photo-store.js";
import { splitText } from "../photos/split.js";
import { newRecord } from "../run-record.js";
import { createStorage, removeStorage } from "../storage/browser-storage.js";
import { checkpointStore } from "../storage/checkpoints.js";
import { type RunStorage, replaceText } from "../storage/run-storage.js";
import { spillingStorage } from "../storage/spilling-storage.js";
import { openGivenWeights, startingState } from "./given-weights.js";
import { type Life, live, type TrainContext } from "./live.js";
import { openEngine } from "./open-engine.js";
import { sweepRuns } from "./sweep-runs.js";
import { tellFull } from "./tell-full.js";

export async function begin(
  request: Extract<TrainingRequest, { readonly kind: "begin" }>,
  context: TrainContext,
): Promise<TrainedFiles | undefined> {
  const { run: name } = withDefaults(trainingOptions, request.options);
  await sweepRuns();
  const onFull = tellFull(context.tell);
  const storage = spillingStorage(await createStorage(name, onFull), onFull);
  if (await storage.read(RUN_FILES.record)) throw exists(name);
  // What a page left that was closed before the run began.
  await storage.clear();
  let life: Life;
  try {
    life = await newLife(name, storage, request, context);
  } catch (error) {
    await removeStorage(name);
    throw error;
  }
  try {
    return await live(life, context);
  } catch (error) {
    // Stopped before the first step: nothing was learnt yet.
    if (context.signal.aborted && error === context.signal.reason) await removeStorage(name);
    throw error;
  }
}

async function newLife(
  name: string,
  storage: RunStorage,
  request: Extract<TrainingRequest, { readonly kind: "begin" }>,
  context: TrainContext,
): Promise<Life> {
  const { photos, options, initFrom, network: files, wasmUrl, importerUrl } = request;
  const settled = withDefaults(trainingOptions, options);
  const { seed, splitSeed, validationSplit, checkpointEvery } = settled;
  const ordered = inOrder(photos);
  const labels = [...new Set(ordered.map(({ label }) => label))];
  if (labels.length < 2) throw tooFew("There must be photos of at least two classes");
  const network = await chooseNetwork(files, settled, { importerUrl, ...context });
  const recipeName =
    settled.recipe ?? network.recipeFor((ordered.length * (1 - validationSplit)) / labels.length);
  const adapted = adaptRecipe(network.suited(recipes[recipeName]), settled);
  const plan = network.plan(adapted, { classes: labels.length, precision: "float32" });
  const given = initFrom && (await openGivenWeights(initFrom, plan));
  if (given?.warning) context.tell(given.warning);
  const engine = await openEngine(plan, {
    engines: settled.engines,
    wasmUrl,
    parts: headAlone(plan, adapted),
  });
  const text = networkText(plan.network);
  if (text !== undefined) await replaceText(storage, RUN_FILES.network, text);
  const stored = await storePhotos(storage, ordered, {
    labels,
    resizing: resizingOf(adapted, network.imageSize),
    validationSplit,
    splitSeed,
    ...context,
  });
  requireBothSides(stored, labels);
  if (network.learnt) {
    const kept = stored.photos.map(({ pixels }) => pixels);
    for (const warning of enlargedPhotos(kept, network.imageSize)) context.tell(warning);
  }
  const settings: RunSettings = {
    ...adapted,
    ...(settled.classWeights === "balanced" && {
      classWeights: balancedClassWeights(
        learning(stored).map(({ label }) => label),
        labels.length,
      ),
    }),
    ...(needsColours(adapted) && { colours: await coloursOf(stored) }),
    ...(given && { initFrom: given.name }),
  };
  const preprocessing = network.preprocessing(settings);
  const seeds = { seed, splitSeed };
  const record = await newRecord({
    recipe: recipeName,
    settings,
    plan,
    source: network.learnt?.source,
    preprocessing,
    labels,
    photos: stored.photos,
    unreadable: stored.unreadable,
    seeds,
    engine: engine.description,
  });
  const split = splitText(stored.photos, labels, record.dataset.contentHash);
  await replaceText(storage, RUN_FILES.split, split);
  if (given || network.learnt) {
    // A run that is resumed begins with them, too.
    const learnt = network.learnt?.weights(plan) ?? [];
    const read = () => startingState(plan, settings, { seed, learnt, given });
    await checkpointStore(storage, { read }, plan, []).saveLast(startOfRun, read());
  }
  return { name, resumed: false, storage, record, photos: stored, engine, wasmUrl, checkpointEvery };
}

const learning = ({ photos }: PhotoStore) => photos.filter(({ validates }) => !validates);

function requireBothSides(stored: PhotoStore, labels: readonly string[]): void {
  const learnt = learning(stored);
  const unlearnt = labels.find((_, index) => learnt.every(({ label }) => label !== index));
  if (unlearnt !== undefined) throw tooFew(`There must be at least two different photos of '${unlearnt}'`);
  if (learnt.length === stored.photos.length) throw tooFew("There must be photos to validate with");
}

async function coloursOf(stored: PhotoStore) {
  const meter = new ColourMeter();
  for (const { pixels } of learning(stored)) meter.add(await stored.read(pixels));
  return meter.colours;
}

const tooFew = (problem: string) =>
  trainerWebError("photos-too-few", `${problem}.`, {
    subject: "photos",
    hint: "Add photos: ten of each class are a beginning, a hundred are good.",
  });

const exists = (name: string) =>
  trainerWebError("run-exists", `A run '${name}' is saved already.`, {
    subject: "run",
    hint: "Give the new one another name with `run`, go on with the saved one (`resumeTraining`), or delete it (`deleteRun`).",
  });
