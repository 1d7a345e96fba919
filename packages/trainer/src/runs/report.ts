// Writes `report.html` of a run again.
import { join, resolve } from "node:path";
import { checkOptions } from "@fleuron/model/options";
import { labelled } from "@fleuron/photos";
import {
  describeMachine,
  openRunFolder,
  type RecordedBundleFigures,
  RUN_FILES,
  reopenRunFolder,
  runSettingsOf,
} from "@fleuron/run-folder";
import { batchSettingsOf, type LoopEvent } from "@fleuron/training";
import { runJob } from "../jobs/run-job.js";
import { type ReportOptions, reportOptions } from "../options/run-options.js";
import { photosOfRun, rememberPlace } from "./run-photos.js";

/**
 * Writes the `report.html` of a run again, from its best weights and its validation photos.
 * @param bundle what was measured of the files of its bundle; the run keeps it for later reports.
 */
export async function* report({
  bundle,
  ...options
}: ReportOptions & { readonly bundle?: Omit<RecordedBundleFigures, "cpu"> | undefined }): AsyncGenerator<
  LoopEvent,
  { readonly file: string }
> {
  checkOptions(reportOptions, options);
  const { run, data, threads, signal } = options;
  if (bundle !== undefined) {
    await using reopened = await reopenRunFolder(resolve(run));
    const { record } = reopened;
    await reopened.writeRecord({ ...record, bundle: { ...bundle, cpu: describeMachine().cpu } });
  }
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const { plan, preprocessing, labels, seeds } = record;
  const { dataset, val } = yield* photosOfRun(
    { folder, record, data, preprocessing, views: "none", threads, signal },
    "validation",
  );
  yield* rememberPlace(folder, record, dataset.root);
  const settings = batchSettingsOf(runSettingsOf(record), {
    network: plan.network,
    classes: labels.length,
    seed: seeds.seed,
    preprocessing,
  });
  return yield* runJob(
    "report",
    {
      folder,
      plan,
      checkpoint: join(folder, RUN_FILES.best),
      threads,
      data: { settings, pixels: dataset.pixels, valPixels: dataset.pixels, train: [], val: labelled(val) },
    },
    signal,
  );
}
