// The photos that a run's split names, where they lie now.
import { join } from "node:path";
import { counted, FleuronError, type ProgressEvent, type WarningEvent } from "@fleuron/model";
import {
  findDataset,
  type PreparedDataset,
  type PreparedPhoto,
  photosError,
  photosOfSplit,
  prepareScanned,
  readSplit,
  type ScannedDataset,
  type Split,
  scanDataset,
  spelledAs,
} from "@fleuron/photos";
import { RUN_FILES, type RunRecord, reopenRunFolder } from "@fleuron/run-folder";
import type { Resizing, TestTimeAugmentation } from "@fleuron/training";

export interface RunPhotosOptions {
  /** The run's folder. */
  readonly folder: string;
  readonly record: RunRecord;
  /** Where its photos are now, a folder or a data set's name. Default: where they were last. */
  readonly data: string | undefined;
  readonly preprocessing: Resizing;
  /** Absent where they are learnt from, too. */
  readonly views?: TestTimeAugmentation;
  readonly threads: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface RunPhotos {
  readonly dataset: PreparedDataset;
  readonly train: readonly PreparedPhoto[];
  readonly val: readonly PreparedPhoto[];
  /** Empty unless they were asked for. */
  readonly test: readonly PreparedPhoto[];
}

/**
 * The photos that a run learns from and those that it holds out, or the latter or those for test alone. Photos that have come since are
 * left out, and a warning says so.
 *
 * @throws FleuronError "dataset-not-found" for a folder that is gone, "split-mismatch" for photos that are gone or are
 * others now, and those of reading photos.
 */
export async function* photosOfRun(
  options: RunPhotosOptions,
  needed: "all" | "validation" | "test",
): AsyncGenerator<ProgressEvent | WarningEvent, RunPhotos> {
  const { folder, record, data, signal } = options;
  const split = await readSplit(join(folder, RUN_FILES.split));
  const place = data === undefined ? record.dataset.path : (yield* findDataset(data, { signal })).folder;
  const found = await scanDataset(place, signal ? { signal } : {}).catch((error) => {
    throw movedError(error, place, data);
  });
  const scan = spelledAs(found, split.labels);
  const named = photosNeeded[needed](split);
  requirePresent(named, scan);
  if (needed === "all" || data !== undefined) yield* tellAdded(split, scan, record);
  const dataset = yield* prepareScanned(namedIn(named, scan), options);
  return { dataset, ...photosOfSplit(dataset, named) };
}

const photosNeeded = {
  all: (split: Split): Split => ({ ...split, test: [] }),
  validation: heldOut,
  test: (split: Split): Split => ({ ...split, train: [], val: [] }),
};

/** The split's validation photos alone. */
export function heldOut(split: Split): Split {
  return { ...split, train: [], test: [] };
}

/** What a scan has of the photos that a split names, with the split's classes. */
export function namedIn(split: Split, scan: ScannedDataset): ScannedDataset {
  const paths = new Set([...split.train, ...split.val, ...split.test].map(({ path }) => path));
  const photos = scan.photos
    .filter(({ path }) => paths.has(path))
    .map((photo) => ({ ...photo, label: split.labels.indexOf(scan.labels[photo.label]!) }));
  return { ...scan, labels: split.labels, photos };
}

/** Says which photos and classes the run's split does not know. */
export function* tellAdded(
  split: Split,
  { root, labels, photos }: ScannedDataset,
  { dataset: { unreadable, unused = 0 } }: RunRecord,
): Generator<WarningEvent> {
  const known = new Set([...split.train, ...split.val, ...split.test].map(({ path }) => path));
  const added = photos.filter(({ path }) => !known.has(path)).length - unreadable - unused;
  if (added <= 0) return;
  const classes = labels.filter((label) => !split.labels.includes(label));
  const ofClasses =
    classes.length === 0
      ? ""
      : `, ${classes.length === 1 ? "the new class" : "the new classes"} ${classes.join(", ")} included`;
  const message = `Skipped, because they were added to ${root} after the run began: ${counted(added, "photo")}${ofClasses}.`;
  yield { type: "warning", code: "photos-added", message };
}

/**
 * Writes into a run's record where its photos are now. A record that cannot be written, such as that of a run which is
 * training, stays as it is, and a warning says so.
 */
export async function* rememberPlace(
  folder: string,
  record: RunRecord,
  place: string,
): AsyncGenerator<WarningEvent> {
  if (record.dataset.path === place) return;
  try {
    await using run = await reopenRunFolder(folder);
    await run.writeRecord(movedTo(run.record, place));
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    const message = `Could not record that the run's photos are in ${place} now: ${error.message}`;
    yield { type: "warning", code: "place-not-noted", message };
  }
}

/** The record of a run whose photos are at another place. */
export const movedTo = (record: RunRecord, path: string): RunRecord => ({
  ...record,
  dataset: { ...record.dataset, path },
});

const GIVE_PLACE = "Pass their current folder with `data`.";

function movedError(error: unknown, place: string, data: string | undefined): unknown {
  const isGone = error instanceof FleuronError && error.code === "dataset-not-found";
  if (!isGone) return error;
  const message =
    data === undefined ? `The run's photos are not in ${place} any more.` : `There is no folder ${place}.`;
  return photosError("dataset-not-found", message, {
    subject: data === undefined ? place : "data",
    hint: GIVE_PLACE,
    cause: error,
  });
}

/** Before anything is decoded: in a folder of other photos most are missing. */
function requirePresent(split: Split, { root, photos }: ScannedDataset): void {
  const present = new Set(photos.map(({ path }) => path));
  const named = [...split.train, ...split.val, ...split.test];
  const missing = named.filter(({ path }) => !present.has(path));
  if (missing.length === 0) return;
  throw photosError(
    "split-mismatch",
    `${missing.length} of the ${named.length} photos that the run needs are not in ${root}, the first ${missing[0]!.path}.`,
    { subject: root, hint: GIVE_PLACE },
  );
}
