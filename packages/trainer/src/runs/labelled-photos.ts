// Photos to test a trained network on, as files with their classes.
import { access } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findDataset, readSplit, type ScannedDataset, scanDataset } from "@fleuron/photos";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import { trainerError } from "@fleuron/training";
import type { LabelledPhotos, TrainerNodeApi } from "../api.js";

/** Enough to notice a model that computes something else. */
const DRAWN_COUNT = 50;

export const labelledPhotos: TrainerNodeApi["labelledPhotos"] = async function* (options) {
  const { run, data, labels, signal } = options;
  if (data !== undefined) {
    const { folder } = yield* findDataset(data, signal ? { signal } : {});
    const scan = await scanDataset(folder, signal ? { signal } : {});
    requireKnownClasses(scan, labels);
    return { source: "data", photos: filesOf(scan, labels) };
  }
  const heldOut = run === undefined ? undefined : await heldOutPhotos(run, labels);
  if (heldOut && heldOut.missing > 0) {
    yield {
      type: "warning",
      code: "photos-missing",
      message: `${heldOut.missing} of the run's validation photos are gone from ${heldOut.root}.`,
    };
  }
  if (heldOut && heldOut.photos.length > 0) return { source: "validation", photos: heldOut.photos };
  const { folder } = yield* findDataset("procedural", {
    drawnCount: DRAWN_COUNT,
    ...(signal && { signal }),
  });
  yield {
    type: "warning",
    code: "photos-drawn",
    message: "No photos are at hand, so these are DRAWN PICTURES: how models agree is told, accuracy is not.",
  };
  return { source: "drawn", photos: filesOf(await scanDataset(folder), labels) };
};

async function heldOutPhotos(run: string, labels: readonly string[]) {
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const split = await readSplit(join(folder, RUN_FILES.split));
  const root = record.dataset.path;
  const all = split.val.map(({ path, label }) => ({
    path: join(root, path),
    label: indexOf(labels, split.labels[label]),
  }));
  const there = await Promise.all(
    all.map(({ path }) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  const photos = all.filter((_, index) => there[index]);
  return { root, photos, missing: all.length - photos.length };
}

const indexOf = (labels: readonly string[], label: string): number | undefined => {
  const index = labels.indexOf(label);
  return index < 0 ? undefined : index;
};

const filesOf = (scan: ScannedDataset, labels: readonly string[]): LabelledPhotos["photos"] =>
  scan.photos.map(({ path, label }) => ({
    path: join(scan.root, path),
    label: indexOf(labels, scan.labels[label]),
  }));

/** @throws FleuronError `plan-invalid` that names the first class which is not among the labels. */
export function requireKnownClasses(
  { root, labels: classes }: Pick<ScannedDataset, "root" | "labels">,
  labels: readonly string[],
): void {
  const unknown = classes.find((label) => !labels.includes(label));
  if (unknown === undefined) return;
  throw trainerError("plan-invalid", `${root} has the class '${unknown}', which the run does not know.`, {
    subject: "--data",
    hint: `The run's classes: ${labels.join(", ")}.`,
  });
}
