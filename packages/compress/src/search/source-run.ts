// The run that is compressed, and its photos.
import { join, resolve } from "node:path";
import type { WorkEvent } from "@fleuron/model";
import { type LabelledPhoto, type PixelSource, prepareCrops, readSplit, type Split } from "@fleuron/photos";
import { openRunFolder, RUN_FILES, type RunRecord, runSettingsOf } from "@fleuron/run-folder";
import { photosOfRun, trainedRun } from "@fleuron/trainer";
import type { RunSettings } from "@fleuron/training";
import { cropStorageFor } from "@fleuron/training/data";
import { compressError } from "../errors.js";
import type { WeightedNetwork } from "./weighted-network.js";

export interface SourceRun {
  /** Absolute. */
  readonly folder: string;
  readonly record: RunRecord;
  readonly settings: RunSettings;
  readonly split: Split;
  readonly trained: WeightedNetwork;
}

export interface SourcePhotos {
  /** Where they are. */
  readonly root: string;
  readonly pixels: PixelSource;
  readonly train: readonly LabelledPhoto[];
  /** What the run holds out, and where the crops of it lie. */
  readonly val: readonly LabelledPhoto[];
  readonly valPixels: PixelSource;
  /** Training photos that a search sets aside, and their crops. */
  readonly aside: readonly LabelledPhoto[];
  readonly asidePixels: PixelSource;
}

/**
 * Opens a run that can be compressed.
 * @throws FleuronError "network-unsuitable", "run-compressed"; those of reading a run.
 */
export async function openSourceRun(run: string): Promise<SourceRun> {
  const folder = resolve(run);
  const { record } = await openRunFolder(folder);
  const { network } = record.plan;
  if (record.compression !== undefined) {
    throw compressError("run-compressed", `${run} was compressed already, from ${record.compression.run}.`, {
      subject: "run",
      hint: "Compress that one, to fewer bytes.",
    });
  }
  if ("inference" in network) {
    throw compressError(
      "network-unsuitable",
      `The network of ${run} is the graph of ${network.name}, whose layers cannot be cut one by one.`,
      { subject: "run", hint: "Compress a run of alexnet, resnet18 or mobilenet-v2." },
    );
  }
  const { weights } = await trainedRun({ run: folder });
  return {
    folder,
    record,
    settings: runSettingsOf(record),
    split: await readSplit(join(folder, RUN_FILES.split)),
    trained: { network, weights },
  };
}

/** A tenth of the training photos is set aside, by their contents, which have nothing to do with what they show. */
const ASIDE = 10;

export async function* photosOfSource(
  { folder, record, split }: SourceRun,
  options: {
    readonly data: string | undefined;
    readonly threads: number | undefined;
    readonly signal: AbortSignal | undefined;
  },
): AsyncGenerator<WorkEvent, SourcePhotos> {
  const { preprocessing } = record;
  const found = yield* photosOfRun({ folder, record, preprocessing, ...options }, "all");
  const { dataset, train, val } = found;
  const byContents = split.train
    .map(({ contentHash }, index) => ({ contentHash, index }))
    .sort((one, other) => (one.contentHash < other.contentHash ? -1 : 1));
  const aside = byContents.filter((_, place) => place % ASIDE === 0).map(({ index }) => train[index]!);
  const { threads, signal } = options;
  const cropping = {
    storage: cropStorageFor(preprocessing),
    ...(threads !== undefined && { threads }),
    ...(signal && { signal }),
  };
  return {
    root: dataset.root,
    pixels: dataset.pixels,
    train,
    val,
    valPixels: yield* prepareCrops(dataset, val, cropping),
    aside,
    asidePixels: yield* prepareCrops(dataset, aside, cropping),
  };
}
