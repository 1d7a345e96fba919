// A new run: its photos stored, its network planned.
import { withDefaults } from "@fleuron/model/options";
import { RUN_FILES } from "@fleuron/run-folder/format";
import {
  adaptRecipe,
  ColourMeter,
  needsColours,
  planOf,
  preprocessingOf,
  type RunSettings,
  recipes,
  resizingOf,
} from "@fleuron/training";
import { trainerWebError } from "../errors.js";
import type { TrainedFiles, TrainingRequest } from "../messages.js";
import { trainingOptions } from "../options.js";
import { inOrder } from "../photos/labelled-photo.js";
import { type PhotoStore, storePhotos } from "../photos/photo-store.js";
import { newRecord } from "../run-record.js";
import { createStorage } from "../storage/browser-storage.js";
import { live, type TrainContext } from "./live.js";
import { openEngine } from "./open-engine.js";

export async function begin(
  { photos, options, wasmUrl }: Extract<TrainingRequest, { readonly kind: "begin" }>,
  context: TrainContext,
): Promise<TrainedFiles | undefined> {
  const settled = withDefaults(trainingOptions, options);
  const { run: name, recipe: recipeName, imageSize, seed, splitSeed, validationSplit } = settled;
  const given = inOrder(photos);
  const labels = [...new Set(given.map(({ label }) => label))];
  if (labels.length < 2) throw tooFew("There must be photos of at least two classes");
  const storage = await createStorage(name);
  if (await storage.read(RUN_FILES.record)) throw exists(name);
  // What a run left that ended before it began.
  await storage.clear();
  const adapted = adaptRecipe(recipes[recipeName], {
    ...settled,
    classes: labels.length,
    network: "alexnet",
  });
  const resizing = resizingOf(adapted, imageSize);
  const stored = await storePhotos(storage, given, {
    labels,
    resizing,
    validationSplit,
    splitSeed,
    ...context,
  });
  const learning = stored.photos.filter(({ validates }) => !validates);
  if (learning.length === 0 || learning.length === stored.photos.length)
    throw tooFew("There must be photos to learn from and others to validate with");
  const settings: RunSettings = {
    ...adapted,
    ...(needsColours(adapted) && { colours: await coloursOf(stored) }),
  };
  const plan = planOf(settings, { ...settled, classes: labels.length, network: "alexnet" });
  const engine = await openEngine(plan, { engines: settled.engines, wasmUrl });
  const record = await newRecord({
    recipe: recipeName,
    settings,
    plan,
    preprocessing: preprocessingOf(settings, imageSize),
    labels,
    photos: stored.photos,
    seeds: { seed, splitSeed },
    engine: engine.description,
  });
  const { checkpointEvery } = settled;
  return live({ name, resumed: false, storage, record, photos: stored, engine, checkpointEvery }, context);
}

async function coloursOf({ photos, read }: PhotoStore) {
  const meter = new ColourMeter();
  for (const { validates, pixels } of photos) if (!validates) meter.add(await read(pixels));
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
