import { join, resolve } from "node:path";
import { MANIFEST_FILE } from "@fleuron/model";
import { checkOptions, optionError, withDefaults } from "@fleuron/model/options";
import { leftOutWarnings, photoPaths } from "@fleuron/photos";
import { beginPredictions, listedPhotos } from "@fleuron/predictions";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import { openBundle } from "@fleuron/runtime-node";
import type { LoopEvent } from "@fleuron/training";
import { runJob } from "../jobs/run-job.js";
import { type PredictToFileOptions, predictToFileOptions } from "../options/run-options.js";

export interface PredictionsFile {
  /** Absolute. */
  readonly file: string;
  readonly photos: number;
  /** How many of them could not be read; their rows have an `error`. */
  readonly unreadable: number;
}

/**
 * Predicts any number of photos into a file with a row for each, in their order. Rows are saved beside it in parts of
 * 10,000, which are joined when all are there: a call that was interrupted is continued by an equal one.
 * @throws FleuronError `option-…`, `photos-not-found`, `parts-damaged`; those of {@link beginPredictions}, of a run's folder
 *   and of a bundle; the signal's reason.
 */
export async function* predictToFile(
  options: PredictToFileOptions,
): AsyncGenerator<LoopEvent, PredictionsFile> {
  checkOptions(predictToFileOptions, options);
  const { out, force, topK, threads, signal } = withDefaults(predictToFileOptions, options);
  const { source, weights } = await weightsGiven(options);
  const leftOut: string[] = [];
  const photos = photosGiven(options, leftOut);
  await using begun = await beginPredictions({ out, force, topK, weights, photos });
  yield* leftOutWarnings(leftOut);
  const { folder, file, ending, total } = begun;
  const work = { source, topK, threads, folder, file, ending, total };
  const unreadable = yield* runJob("predictToFile", work, signal);
  return { file, photos: total, unreadable };
}

/** Where the weights are, and what shows that they are the same: a checkpoint, or the manifest that has a bundle's hashes. */
async function weightsGiven({ run, bundle, checkpoint = "best", precision }: PredictToFileOptions) {
  if ((run === undefined) === (bundle === undefined)) throw notOne("run", "bundle");
  if (bundle !== undefined) {
    const { folder } = await openBundle(bundle);
    const weights = { file: join(folder, MANIFEST_FILE), variant: precision };
    return { source: { bundle: folder, precision }, weights };
  }
  const folder = resolve(run!);
  const { plan, labels, preprocessing } = (await openRunFolder(folder)).record;
  const file = join(folder, RUN_FILES[checkpoint]);
  return { source: { plan, labels, preprocessing, checkpoint: file }, weights: { file } };
}

function photosGiven(options: PredictToFileOptions, leftOut: string[]): AsyncIterable<string> {
  const { photos, list, signal } = options;
  if (list !== undefined && photos === undefined) return listedPhotos(list);
  if (photos !== undefined && list === undefined) return photoPaths(photos, { signal, leftOut });
  throw notOne("photos", "list");
}

const notOne = (first: string, second: string) =>
  optionError("option-missing", `One of \`${first}\` and \`${second}\` has to be given, and not both.`, {
    subject: first,
  });
