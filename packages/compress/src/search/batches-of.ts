import type { Network } from "@fleuron/model";
import { type BatchWorkerData, WorkerData } from "@fleuron/photos/batches";
import { batchSettingsOf } from "@fleuron/training";
import type { Search } from "./search.js";

/** The photos that a network is measured on: those that the run holds out, or those that the search sets aside. */
export type MeasuredPhotos = "val" | "aside";

export const measuredPhotos = (
  { val, valPixels, aside, asidePixels }: Search["photos"],
  which: MeasuredPhotos,
): Pick<BatchWorkerData, "val" | "valPixels"> =>
  which === "val" ? { val, valPixels } : { val: aside, valPixels: asidePixels };

/** Batches of a run's photos for a network: of those alone that are given. */
export function batchesOf(
  { source, photos }: Pick<Search, "source" | "photos">,
  network: Network,
  { settings = source.settings, ...given }: Partial<BatchesOptions>,
): WorkerData {
  const { preprocessing, labels, seeds } = source.record;
  return new WorkerData({
    settings: batchSettingsOf(settings, {
      ...{ network, preprocessing },
      classes: labels.length,
      seed: seeds.seed,
    }),
    pixels: photos.pixels,
    ...{ train: [], val: [], valPixels: photos.valPixels },
    ...given,
  });
}

interface BatchesOptions extends Pick<BatchWorkerData, "train" | "val" | "valPixels"> {
  /** Default: those of the run that is compressed. */
  readonly settings: Search["source"]["settings"];
}
