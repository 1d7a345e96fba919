import { threadCount } from "@fleuron/files";
import { type ProgressEvent, progress } from "@fleuron/model";
import { inputBatches } from "@fleuron/photos/inputs";
import type { BatchClassifier } from "./batch-classifier.js";
import { type JoinOptions, joinParts } from "./join-parts.js";
import { countRows, removeParts, writePart } from "./parts.js";
import { keptPhotos } from "./photo-list.js";
import { namedRow, type PredictionRow, unreadableRow } from "./row.js";

export interface WritePredictionsOptions extends JoinOptions {
  /** Threads that decode. Default: one for each core. */
  readonly threads: number | undefined;
}

const BATCH = 16;

/** What an end without notice costs. */
const PART_ROWS = 10_000;

/**
 * Predicts what the parts in the folder lack, and joins them. On abort it saves what is done and throws the signal's reason.
 * @returns how many photos could not be read.
 */
export async function* writePredictions(
  { classify, preprocessing }: BatchClassifier,
  { threads, ...joining }: WritePredictionsOptions,
  signal: AbortSignal,
): AsyncGenerator<ProgressEvent, number> {
  const { folder, total } = joining;
  let saved = await countRows(folder);
  let rows: PredictionRow[] = [];
  const save = async () => {
    await writePart(folder, saved, rows);
    saved += rows.length;
    rows = [];
  };
  const decoding = { preprocessing, batchSize: BATCH, threads: threadCount(threads) };
  yield progress("predicting", saved, total, "photos");
  for await (const { photos, images } of inputBatches(keptPhotos(folder, saved), decoding)) {
    const named = await classify(images, photos.length);
    for (const [at, photo] of photos.entries()) {
      rows.push("code" in photo ? unreadableRow(photo) : namedRow(photo.photo, named[at]!));
    }
    if (rows.length >= PART_ROWS || signal.aborted) await save();
    signal.throwIfAborted();
    yield progress("predicting", saved + rows.length, total, "photos");
  }
  if (rows.length > 0) await save();
  const unreadable = await joinParts(joining);
  await removeParts(folder);
  return unreadable;
}
