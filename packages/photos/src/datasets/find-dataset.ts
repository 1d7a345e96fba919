/** From what `--data` says to a folder of photos: a folder, a data set by its name, or the best that can be had. */
import path from "node:path";
import { FleuronError, type WorkEvent, warning } from "@fleuron/model";
import { proceduralFolder } from "./drawn/procedural.js";
import { type FetchFlowersOptions, fetchFlowers } from "./flowers.js";
import { readMarker } from "./marker.js";

/** "folder": the user's own photos. "procedural": drawn pictures, wherever they lie. */
export type DatasetName = "folder" | "flowers" | "procedural";

export interface FoundDataset {
  readonly name: DatasetName;
  /** Absolute. */
  readonly folder: string;
  /** Nobody asked for drawn pictures: there were no others. */
  readonly fallback: boolean;
}

export interface FindDatasetOptions extends FetchFlowersOptions {
  readonly threads?: number | undefined;
  /** The number of drawn photos. Default 2,000. */
  readonly drawnCount?: number;
}

/**
 * `data` is a folder, or "flowers" or "procedural" (a folder of such a name is written `./flowers`). Without
 * it: the flowers, and if they cannot be fetched, a warning and drawn pictures.
 *
 * @throws FleuronError of `fetchFlowers` when `data` is "flowers", and those about disks in any case.
 */
export async function* findDataset(
  data: string | undefined,
  options: FindDatasetOptions = {},
): AsyncGenerator<WorkEvent, FoundDataset> {
  const { threads, signal, cacheFolder, drawnCount } = options;
  const drawn = () =>
    proceduralFolder({
      threads,
      signal,
      cacheFolder,
      ...(drawnCount !== undefined && { count: drawnCount }),
    });
  if (data === "procedural") return { name: "procedural", folder: yield* drawn(), fallback: false };
  if (data === "flowers") return { name: "flowers", folder: yield* fetchFlowers(options), fallback: false };
  if (data !== undefined) {
    const folder = path.resolve(data);
    return { name: (await readMarker(folder))?.name ?? "folder", folder, fallback: false };
  }
  try {
    return { name: "flowers", folder: yield* fetchFlowers(options), fallback: false };
  } catch (error) {
    if (!(error instanceof FleuronError) || !error.code.startsWith("download-")) throw error;
    yield warning(
      "training-on-drawn-pictures",
      `The photos of flowers could not be fetched. ${error.message} ` +
        "TRAINING ON DRAWN PICTURES INSTEAD: the result says nothing about real photos. " +
        "To train on photos, give a folder of them with --data.",
    );
  }
  return { name: "procedural", folder: yield* drawn(), fallback: true };
}
