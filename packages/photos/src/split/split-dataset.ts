/** Divides a dataset into photos to train on, to validate with, and to test with. */

import { createHash } from "node:crypto";
import { withDefaults } from "@fleuron/model/options";
import { splitPlaceKey, validatingContents } from "@fleuron/training/data";
import { photosError } from "../errors.js";
import { type SplitOptions, splitOptions } from "../options/split-options.js";
import type { PreparedDataset, PreparedPhoto } from "../prepare/prepared-dataset.js";
import type { Part } from "../scan/parts.js";

export interface SplitPhoto {
  /** Relative to the dataset's root, with forward slashes. */
  readonly path: string;
  readonly label: number;
  /** SHA-256 of the decoded photo. */
  readonly contentHash: string;
}

/** Plain JSON: `split.json` of a run. */
export interface Split {
  readonly formatVersion: 1;
  /** The hash of the dataset that was split. */
  readonly datasetHash: string;
  readonly labels: readonly string[];
  /** "folders": as val/ says; "hash": by content and seed. */
  readonly validation: "folders" | "hash";
  readonly train: readonly SplitPhoto[];
  readonly val: readonly SplitPhoto[];
  /** Empty unless there is a folder test/. */
  readonly test: readonly SplitPhoto[];
}

/** What of a dataset its division depends on. */
export interface SplittableDataset extends Pick<PreparedDataset, "contentHash" | "labels"> {
  readonly photos: readonly SplittablePhoto[];
}

type SplittablePhoto = Pick<PreparedPhoto, "path" | "label" | "part" | "contentHash">;

/**
 * Folders train/, val/ and test/ are honoured. Without val/, a photo validates when the hash of its decoded
 * content and the seed, as a number in [0, 1), is below `validationSplit`. So a photo's side depends on
 * nothing but itself: adding photos moves no other, and copies of a photo stay together, whatever their
 * names and classes. The share is therefore binomial, not exact.
 *
 * A class of two or more different photos has one on each side: if it happens to lack one, the photo nearest
 * to the threshold changes sides (with all its copies).
 *
 * @throws FleuronError `validation-split-invalid`
 */
export function splitDataset(dataset: SplittableDataset, options: SplitOptions = {}): Split {
  const { validationSplit, splitSeed } = withDefaults(splitOptions, options);
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw photosError(
      "validation-split-invalid",
      `The validation split must be at least 0 and below 1, but is ${validationSplit}.`,
      { subject: "validationSplit", hint: "0.2 keeps a fifth of the photos for validation." },
    );
  }
  const hasValidation = dataset.photos.some((photo) => photo.part === "val");
  const divided = dataset.photos.filter((photo) => photo.part === undefined || photo.part === "train");
  const places = new Map(
    divided.map(({ contentHash }) => [contentHash, placeOf(contentHash, splitSeed)] as const),
  );
  const validating = hasValidation ? new Set() : validatingContents(divided, places, validationSplit);
  const partOf = ({ part, contentHash }: SplittablePhoto): Part =>
    part === "val" || part === "test" ? part : validating.has(contentHash) ? "val" : "train";
  const list = (part: Part): SplitPhoto[] =>
    dataset.photos
      .filter((photo) => partOf(photo) === part)
      .map(({ path, label, contentHash }) => ({ path, label, contentHash }));
  return {
    formatVersion: 1,
    datasetHash: dataset.contentHash,
    labels: dataset.labels,
    validation: hasValidation ? "folders" : "hash",
    train: list("train"),
    val: list("val"),
    test: list("test"),
  };
}

/** Uniform in [0, 1): the first 48 bits of SHA-256 of the seed and the content's hash. */
function placeOf(contentHash: string, seed: number): number {
  return createHash("sha256").update(splitPlaceKey(contentHash, seed)).digest().readUIntBE(0, 6) / 2 ** 48;
}
