// Photos to test a trained network on, as files with their classes.
import { join, resolve } from "node:path";
import { exists } from "@fleuron/files";
import {
  findDataset,
  readSplit,
  requireKnownClasses,
  type ScannedDataset,
  scanDataset,
  spelledAs,
} from "@fleuron/photos";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import type { LoopEvent } from "@fleuron/training";
import type { LabelledPhotos } from "../api.js";
import { learntBefore, measuredPhotos, partToMeasure } from "./measured-photos.js";

/** Enough to notice a model that computes something else. */
const DRAWN_COUNT = 50;

export interface LabelledPhotosOptions {
  readonly run?: string | undefined;
  readonly data?: string | undefined;
  readonly labels: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Photos to test a network on: those of `data`, as `evaluate` takes them, else those that the run held out, as far as
 * they are still there; without any, 50 drawn pictures, and a warning says so.
 */
export async function* labelledPhotos(
  options: LabelledPhotosOptions,
): AsyncGenerator<LoopEvent, LabelledPhotos> {
  const { run, data, labels, signal } = options;
  if (data !== undefined) {
    return yield* run === undefined ? photosOfData(options, data) : photosOfDataFor(options, run, data);
  }
  const heldOut = run === undefined ? undefined : await heldOutPhotos(run, labels);
  if (heldOut && heldOut.missing > 0) {
    yield {
      type: "warning",
      code: "photos-missing",
      message: `${heldOut.missing} of the run's validation photos are gone from ${heldOut.root}; \`data\` says where they are now.`,
    };
  }
  if (heldOut && heldOut.photos.length > 0) {
    const { photos, learntFrom } = heldOut;
    return { source: "validation", part: null, learntFrom, photos };
  }
  const { folder } = yield* findDataset("procedural", {
    drawnCount: DRAWN_COUNT,
    ...(signal && { signal }),
  });
  yield {
    type: "warning",
    code: "photos-drawn",
    message: "No photos were found, so these are DRAWN PICTURES: agreement is reported, accuracy is not.",
  };
  return {
    source: "drawn",
    part: null,
    learntFrom: null,
    photos: filesOf(await scanDataset(folder), []),
  };
}

async function* photosOfData(
  { labels, signal }: LabelledPhotosOptions,
  data: string,
): AsyncGenerator<LoopEvent, LabelledPhotos> {
  const { folder } = yield* findDataset(data, signal ? { signal } : {});
  const scan = spelledAs(await scanDataset(folder, signal ? { signal } : {}), labels);
  requireKnownClasses(scan, labels);
  const { part, chosen } = partToMeasure(scan);
  return { source: "data", part, learntFrom: null, photos: filesOf(chosen, labels) };
}

/** Knows the photos that the run holds out, and those that it has learnt from. */
async function* photosOfDataFor(
  { labels, signal }: LabelledPhotosOptions,
  run: string,
  data: string,
): AsyncGenerator<LoopEvent, LabelledPhotos> {
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const { preprocessing } = record;
  const { dataset, photos, ...measured } = yield* measuredPhotos({
    ...{ folder, record, data, preprocessing, views: "none", signal },
  });
  return {
    ...measured,
    photos: photos.map(({ path, label }) => ({
      path: join(dataset.root, path),
      label: indexOf(labels, record.labels[label]!),
    })),
  };
}

async function heldOutPhotos(run: string, labels: readonly string[]) {
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const split = await readSplit(join(folder, RUN_FILES.split));
  const root = record.dataset.path;
  const all = split.val.map(({ path, label }) => ({
    path: join(root, path),
    label: indexOf(labels, split.labels[label]!),
  }));
  const there = await Promise.all(all.map(({ path }) => exists(path)));
  const photos = all.filter((_, index) => there[index]);
  return {
    root,
    photos,
    missing: all.length - photos.length,
    learntFrom: learntBefore(record),
  };
}

const indexOf = (labels: readonly string[], label: string): number | undefined => {
  const index = labels.indexOf(label);
  return index < 0 ? undefined : index;
};

const filesOf = (scan: ScannedDataset, labels: readonly string[]): LabelledPhotos["photos"] =>
  scan.photos.map(({ path, label }) => ({
    path: join(scan.root, path),
    label: indexOf(labels, scan.labels[label]!),
  }));
