// The photos of a new run: found, prepared, and divided into those that train and those that validate.
import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import type { Resizing } from "@fleuron/training";
import type { SplitOptions } from "../options/split-options.js";
import { type ScannedDataset, scanDataset } from "../scan/scan-dataset.js";
import { scanWarnings } from "../scan/scan-warnings.js";
import { type Split, splitDataset } from "../split/split-dataset.js";
import { requireBothSides } from "../split/split-problems.js";
import { takePerClass } from "../split/take-per-class.js";
import { prepareScanned } from "./photos-of-run.js";
import type { PreparedDataset } from "./prepared-dataset.js";

export interface DividedPhotos {
  readonly scan: ScannedDataset;
  readonly dataset: PreparedDataset;
  readonly split: Split;
}

export interface DividedPhotosOptions extends SplitOptions {
  readonly preprocessing: Resizing;
  readonly maxImages?: number | undefined;
  /** Photos of each class to train on, drawn by `seed`. Default: all. */
  readonly perClass?: number | undefined;
  readonly seed: number;
  readonly batchSize?: number | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws FleuronError of the photos, and where one side of the split would be empty. */
export async function* dividedPhotos(
  folder: string,
  options: DividedPhotosOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, DividedPhotos> {
  const { perClass, seed, signal } = options;
  const scan = await scanDataset(folder, signal ? { signal } : {});
  yield* scanWarnings(scan);
  const dataset = yield* prepareScanned(scan, options);
  const divided = splitDataset(dataset, options);
  const split = perClass === undefined ? divided : takePerClass(divided, perClass, seed);
  yield* unheeded(options, split, folder);
  yield* requireBothSides(split, folder);
  return { scan, dataset, split };
}

/** Options that divide photos which are divided already, and a batch of more photos than there are. */
function* unheeded(
  { validationSplit, splitSeed, batchSize = 0 }: DividedPhotosOptions,
  { validation, train }: Split,
  data: string,
): Generator<WarningEvent> {
  const dividing = [
    ...(validationSplit === undefined ? [] : ["`validationSplit`"]),
    ...(splitSeed === undefined ? [] : ["`splitSeed`"]),
  ];
  if (validation === "folders" && dividing.length > 0) {
    const message = `Ignored: ${dividing.join(" and ")}, because ${data} has its own validation photos.`;
    yield { type: "warning", code: "option-unheeded", message };
  }
  if (batchSize > train.length) {
    const message = `A step uses all ${train.length} training photos: there are fewer than ${batchSize} (\`batchSize\`).`;
    yield { type: "warning", code: "batch-too-large", message };
  }
}
