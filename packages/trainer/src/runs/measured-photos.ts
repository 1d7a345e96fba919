// Which photos a run is measured on, and how many of them it has learnt from.
import { join } from "node:path";
import type { ProgressEvent, WarningEvent } from "@fleuron/model";
import {
  findDataset,
  type LabelledPhoto,
  labelled,
  type PreparedDataset,
  photosError,
  photosOfSplit,
  prepareScanned,
  readSplit,
  requireKnownClasses,
  type ScannedDataset,
  type Split,
  scanDataset,
  scanWarnings,
  spelledAs,
} from "@fleuron/photos";
import { RUN_FILES, type RunRecord } from "@fleuron/run-folder";
import type { Resizing, TestTimeAugmentation } from "@fleuron/training";
import type { PhotosMeasured } from "../api.js";
import { contentsLearnt } from "./contents-learnt.js";
import { heldOut, namedIn, photosOfRun, rememberPlace, tellAdded } from "./run-photos.js";

const measuredParts = ["val", "test"] as const;
type MeasuredPart = (typeof measuredParts)[number];

export interface MeasuredPhotosOptions {
  /** The run's folder. */
  readonly folder: string;
  readonly record: RunRecord;
  /** A folder of photos or a data set's name. Default: the photos that the run held out, where they were last. */
  readonly data: string | undefined;
  /** The part of the run's own photos, or of `data`. Default: what no model should have been trained on. */
  readonly part?: MeasuredPart | undefined;
  readonly preprocessing: Resizing;
  readonly views: TestTimeAugmentation;
  readonly threads?: number | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface MeasuredPhotos extends PhotosMeasured {
  readonly source: "validation" | "data";
  readonly dataset: PreparedDataset;
  /** With the run's classes. */
  readonly photos: readonly LabelledPhoto[];
}

/**
 * The photos that the run held out. Where `data` has those, unchanged, it is taken as the place that the run's photos have
 * now; else all photos of `data` are taken, or of its `val/`, or of its `test/`.
 *
 * @throws FleuronError as {@link photosOfRun}; "class-unknown" for a class that the run does not know;
 * "photos-not-found" for a part that is not there.
 */
export async function* measuredPhotos(
  options: MeasuredPhotosOptions,
): AsyncGenerator<ProgressEvent | WarningEvent, MeasuredPhotos> {
  const { folder, record, data, part: wish, threads, signal } = options;
  if (data === undefined && wish === "test") {
    const { dataset, test } = yield* photosOfRun({ ...options, threads }, "test");
    if (test.length === 0) throw withoutPart(dataset.root, wish);
    const learnt = await contentsLearnt(folder);
    return {
      source: "data",
      part: wish,
      learntFrom: countLearnt(test, learnt),
      dataset,
      photos: labelled(test),
    };
  }
  if (data === undefined) {
    const { dataset, val } = yield* photosOfRun({ ...options, threads }, "validation");
    return ofRun(record, dataset, labelled(val));
  }
  const { folder: root } = yield* findDataset(data, { signal });
  const scan = spelledAs(await scanDataset(root, signal ? { signal } : {}), record.labels);
  // A run that has lost its split can still be measured on other photos.
  const split = await readSplit(join(folder, RUN_FILES.split)).catch(() => undefined);
  if (wish !== "test" && split !== undefined && hasPaths(scan, split)) {
    const dataset = yield* prepareScanned(namedIn(heldOut(split), scan), options);
    if (hasContents(dataset, split)) {
      yield* tellAdded(split, scan, record);
      yield* rememberPlace(folder, record, scan.root);
      return ofRun(record, dataset, labelled(photosOfSplit(dataset, heldOut(split)).val));
    }
  }
  requireKnownClasses(scan, record.labels);
  yield* scanWarnings(scan);
  const { part, chosen } = partToMeasure(scan, wish);
  const dataset = yield* prepareScanned(chosen, options);
  const classes = dataset.labels.map((label) => record.labels.indexOf(label));
  const learnt = split && (await contentsLearnt(folder));
  return {
    source: "data",
    part,
    learntFrom: countLearnt(dataset.photos, learnt),
    dataset,
    photos: labelled(dataset.photos).map((photo) => ({ ...photo, label: classes[photo.label]! })),
  };
}

const ofRun = (record: RunRecord, dataset: PreparedDataset, photos: readonly LabelledPhoto[]) =>
  ({ source: "validation", part: null, learntFrom: learntBefore(record), dataset, photos }) as const;

/** How many validation photos the weights that a run began with had learnt from; null where nobody knows. */
export const learntBefore = ({ dataset, settings, source }: RunRecord): number | null =>
  dataset.learntBefore ?? (settings.initFrom === undefined && source === undefined ? 0 : null);

function hasPaths({ labels, photos }: ScannedDataset, split: Split): boolean {
  const classes = new Map(photos.map(({ path, label }) => [path, labels[label]]));
  return (
    split.val.length > 0 && split.val.every(({ path, label }) => classes.get(path) === split.labels[label])
  );
}

function hasContents({ photos }: PreparedDataset, split: Split): boolean {
  const contents = new Map(photos.map(({ path, contentHash }) => [path, contentHash]));
  return split.val.every(({ path, contentHash }) => contents.get(path) === contentHash);
}

const countLearnt = (
  photos: PreparedDataset["photos"],
  learnt: ReadonlySet<string> | undefined,
): number | null => (learnt ? photos.filter(({ contentHash }) => learnt.has(contentHash)).length : null);

/**
 * The part of a divided folder that was asked for; else one that no model should have been trained on, or all.
 *
 * @throws FleuronError `photos-not-found` where it has no such part.
 */
export function partToMeasure(
  scan: ScannedDataset,
  wish?: MeasuredPart,
): { readonly part: MeasuredPart | null; readonly chosen: ScannedDataset } {
  for (const part of wish ? [wish] : measuredParts) {
    const photos = scan.photos.filter((photo) => photo.part === part);
    if (photos.length > 0) return { part, chosen: { ...scan, photos } };
  }
  if (wish !== undefined) throw withoutPart(scan.root, wish);
  return { part: null, chosen: scan };
}

const withoutPart = (root: string, part: MeasuredPart) =>
  photosError("photos-not-found", `${root} has no folder ${part}/ with photos.`, {
    subject: "part",
    hint: `Give a folder that is divided into train/ and ${part}/ with \`data\`.`,
  });
