/** Looks at every photo of a folder for what spoils training. */
import { threadCount } from "@fleuron/files";
import { progress, type WorkEvent } from "@fleuron/model";
import { checkOptions, withDefaults } from "@fleuron/model/options";
import { PixelBudget } from "@fleuron/runtime-node/photos";
import { mapConcurrently } from "../../concurrency/map-concurrently.js";
import { threadPool } from "../../concurrency/thread-pool.js";
import { type CheckDatasetOptions, checkDatasetOptions } from "../../options/check-dataset-options.js";
import { type Part, partNames } from "../../scan/parts.js";
import { type ScannedPhoto, scanDataset } from "../../scan/scan-dataset.js";
import { scanWarnings } from "../../scan/scan-warnings.js";
import { expectations } from "../../split/expectations.js";
import { imbalanceOf } from "../../split/imbalance.js";
import { splitDataset } from "../../split/split-dataset.js";
import { splitProblems } from "../../split/split-problems.js";
import type { DatasetReport } from "./dataset-report.js";
import { exactGroups, type GroupablePhoto, nearGroups } from "./group-photos.js";
import inspectHere from "./inspect-worker.js";
import type { Inspection, InspectTask } from "./inspection.js";

/** So few are looked at here before a worker would have started. */
const FEW = 12;

/**
 * Decodes every photo and compares each with each. The photos may be as bad as they like: what it finds is
 * its result.
 *
 * @throws FleuronError `option-…`; of `scanDataset` (a folder that is no data set); `signal.reason` on abort.
 */
export async function* checkDataset(options: CheckDatasetOptions): AsyncGenerator<WorkEvent, DatasetReport> {
  checkOptions(checkDatasetOptions, options);
  const { validationSplit, splitSeed, signal } = options;
  const { tinyBelow } = withDefaults(checkDatasetOptions, options);
  const threads = threadCount(options.threads);
  const scan = await scanDataset(options.folder, signal ? { signal } : {});
  yield* scanWarnings(scan);
  const inspected = yield* inspectAll(
    scan.root,
    scan.photos.map(({ path }) => path),
    threads,
    signal,
  );

  const readable = scan.photos.flatMap((photo) => {
    const inspection = inspected.get(photo.path);
    return inspection?.readable ? [{ ...photo, ...inspection }] : [];
  });
  const unreadable = scan.photos.flatMap(({ path }) => {
    const inspection = inspected.get(path);
    return inspection === undefined || inspection.readable ? [] : [inspection];
  });
  const split = splitDataset(
    { contentHash: "", labels: scan.labels, photos: readable },
    { validationSplit, splitSeed },
  );
  if (split.validation === "folders" && (validationSplit !== undefined || splitSeed !== undefined)) {
    const message = `Ignored: how to split the photos, because ${scan.root} has its own validation photos.`;
    yield { type: "warning", code: "option-unheeded", message };
  }
  const problems = splitProblems(split);
  // Imbalance is a finding of its own.
  if (problems.refusal === null) yield* expectations(split, { fromScratch: true, balanced: true });
  const sides = new Map<string, Part>();
  for (const side of ["train", "val", "test"] as const)
    for (const { path } of split[side]) sides.set(path, side);
  const photos: GroupablePhoto[] = readable.map((photo) => ({
    ...photo,
    side: sides.get(photo.path) ?? "train",
  }));

  const classes = scan.labels.map((name, label) => {
    const ofClass = (photo: ScannedPhoto) => photo.label === label && photo.part !== "test";
    const count = readable.filter(ofClass).length;
    const all = scan.photos.filter(ofClass).length;
    return { label: name, count, unreadable: all - count };
  });
  const { ratio: imbalance, isLarge: imbalanced } = imbalanceOf(
    scan.labels,
    readable.filter(({ part }) => part !== "test"),
  );
  return {
    folder: scan.root,
    photos: scan.photos.length,
    leftOut: scan.leftOut,
    parts: partNames.flatMap((part) => {
      const { length } = scan.photos.filter((photo) => photo.part === part);
      return length > 0 ? [{ part, photos: length }] : [];
    }),
    classes,
    imbalance,
    imbalanced,
    unreadable: unreadable.map(({ path, code, message }) => ({ path, code, message })),
    tiny: readable
      .filter(({ width, height }) => Math.min(width, height) < tinyBelow)
      .map(({ path, width, height }) => ({ path, width, height })),
    tinyBelow,
    exactDuplicates: exactGroups(photos),
    nearDuplicates: yield* nearGroups(photos, signal),
    splitBy: split.validation,
    ...problems,
  };
}

async function* inspectAll(
  root: string,
  paths: readonly string[],
  threads: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, ReadonlyMap<string, Inspection>> {
  const module = new URL("./inspect-worker.js", import.meta.url);
  const pool =
    paths.length > FEW ? threadPool(module, threads) : { run: inspectHere, destroy: () => undefined };
  const { shared: budget } = new PixelBudget();
  const inspected = new Map<string, Inspection>();
  const inspect = (path: string): Promise<Inspection> => {
    const task: InspectTask = { root, path, budget };
    return pool.run(task);
  };
  try {
    for await (const inspection of mapConcurrently(paths, threads * 2, inspect)) {
      signal?.throwIfAborted();
      inspected.set(inspection.path, inspection);
      yield progress("looking at photos", inspected.size, paths.length, "photos");
    }
  } finally {
    await pool.destroy();
  }
  return inspected;
}
