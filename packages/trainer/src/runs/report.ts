// Writes `report.html` of a run again.
import { join, resolve } from "node:path";
import { photosOfSplit, readSplit } from "@fleuron/photos";
import { openRunFolder, RUN_FILES } from "@fleuron/run-folder";
import { batchSettingsOf, type RunSettings } from "@fleuron/training";
import type { TrainerNodeApi } from "../api.js";
import { runJob } from "../jobs/run-job.js";
import { heldOut, labelled, preparePhotos } from "./photos-of-run.js";

export const report: TrainerNodeApi["report"] = async function* ({ run, threads, signal }) {
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const { plan, preprocessing, labels, seeds, dataset } = record;
  const split = heldOut(await readSplit(join(folder, RUN_FILES.split)));
  const photos = yield* preparePhotos(dataset.path, { preprocessing, threads, split, views: "none", signal });
  const { val } = photosOfSplit(photos, split);
  const settings = batchSettingsOf(record.settings as unknown as RunSettings, {
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
      data: { settings, pixels: photos.pixels, valPixels: photos.pixels, train: [], val: labelled(val) },
    },
    signal,
  );
};
