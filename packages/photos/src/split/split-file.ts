/** `split.json`: a division into parts, kept with a run so that resuming and evaluating use the same. */

import { promises as fs } from "node:fs";
import { replaceTextFile } from "@fleuron/files";
import type { FleuronError } from "@fleuron/model";
import { parseJson } from "@fleuron/model";
import * as v from "valibot";
import { photosError } from "../errors.js";
import type { PreparedDataset, PreparedPhoto } from "../prepare/prepared-dataset.js";
import type { Split, SplitPhoto } from "./split-dataset.js";

const photosSchema = v.array(
  v.object({
    path: v.string(),
    label: v.pipe(v.number(), v.integer(), v.minValue(0)),
    contentHash: v.string(),
  }),
);

const splitSchema = v.pipe(
  v.object({
    formatVersion: v.literal(1),
    datasetHash: v.string(),
    labels: v.array(v.string()),
    validation: v.picklist(["folders", "hash"]),
    train: photosSchema,
    val: photosSchema,
    test: photosSchema,
  }),
  v.check(
    ({ labels, train, val, test }) =>
      [train, val, test].every((photos) => photos.every(({ label }) => label < labels.length)),
    "a photo's label is none of the labels",
  ),
);

/** @throws FleuronError `disk-full`, `file-unwritable` */
export async function writeSplit(file: string, split: Split): Promise<void> {
  await replaceTextFile(file, `${JSON.stringify(split)}\n`);
}

/** @throws FleuronError `split-invalid` */
export async function readSplit(file: string): Promise<Split> {
  const text = await fs.readFile(file, "utf8").catch((cause: unknown) => {
    throw invalid(file, cause instanceof Error ? cause.message : String(cause), cause);
  });
  const parsed = parseJson(splitSchema, text);
  if ("value" in parsed) return parsed.value;
  throw invalid(file, parsed.problem);
}

const invalid = (file: string, why: string, cause?: unknown) =>
  photosError("split-invalid", `${file} cannot be read as a split: ${why}.`, {
    subject: file,
    hint: "Start a new run, or restore the file.",
    cause,
  });

export interface SplitDataset {
  readonly train: readonly PreparedPhoto[];
  readonly val: readonly PreparedPhoto[];
  readonly test: readonly PreparedPhoto[];
}

/**
 * The dataset's photos that a split names, in its order, with the split's labels: the dataset may have got
 * another class since.
 *
 * @throws FleuronError `split-mismatch` if one is gone, or has another content or class.
 */
export function photosOfSplit(dataset: PreparedDataset, split: Split): SplitDataset {
  const byPath = new Map(dataset.photos.map((photo) => [photo.path, photo]));
  const find = ({ path, label, contentHash }: SplitPhoto): PreparedPhoto => {
    const photo = byPath.get(path);
    if (photo === undefined) throw mismatch(dataset.root, path, "is gone or cannot be read");
    if (photo.contentHash !== contentHash) throw mismatch(dataset.root, path, "has other content");
    if (dataset.labels[photo.label] !== split.labels[label])
      throw mismatch(dataset.root, path, "has another class");
    return { ...photo, label };
  };
  return { train: split.train.map(find), val: split.val.map(find), test: split.test.map(find) };
}

function mismatch(root: string, path: string, what: string): FleuronError {
  return photosError("split-mismatch", `${path} in ${root} ${what} since the split.`, {
    subject: path,
    hint: "Give the folder that has them as they were with `data`, or start a new run.",
  });
}
