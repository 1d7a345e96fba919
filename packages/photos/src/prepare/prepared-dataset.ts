/** A dataset whose photos have been checked and hashed, and what is odd about it. */
import { counted } from "@fleuron/model";
import type { PhotoRecord } from "../cache/dataset-index.js";
import type { PixelSource } from "../cache/pixel-reader.js";
import { photosError } from "../errors.js";
import type { PhotosWarning } from "../events.js";
import { datasetHashOf } from "../scan/content-hash.js";
import { type DuplicateGroup, findDuplicates } from "../scan/duplicates.js";
import type { ScannedDataset, ScannedPhoto } from "../scan/scan-dataset.js";

export interface PreparedPhoto extends ScannedPhoto {
  /** SHA-256 of the file; with `path` it is what a {@link PixelReader} reads by. */
  readonly fileHash: string;
  /** SHA-256 of the decoded photo: width, height (32-bit little-endian), RGB. */
  readonly contentHash: string;
  /** The size of the stored pixels. */
  readonly width: number;
  readonly height: number;
  /** What photos that are nearly the same are found by. */
  readonly fingerprint?: string;
}

export interface UnreadablePhoto {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Plain data: it can be sent to workers. */
export interface PreparedDataset {
  readonly root: string;
  readonly layout: "classes" | "split";
  readonly labels: readonly string[];
  /** The readable photos, sorted by path. */
  readonly photos: readonly PreparedPhoto[];
  readonly unreadable: readonly UnreadablePhoto[];
  readonly duplicates: readonly DuplicateGroup[];
  /** The hash of all contents and their class names, whatever the files' names and order. */
  readonly contentHash: string;
  /** What a {@link PixelReader} is made from. */
  readonly pixels: PixelSource;
}

const NAMED = 5;

/** Joins what was scanned with what was found out. */
export function* assemble(
  scan: ScannedDataset,
  chosen: readonly ScannedPhoto[],
  records: ReadonlyMap<string, PhotoRecord>,
  pixels: PixelSource,
): Generator<PhotosWarning, PreparedDataset> {
  const photos: PreparedPhoto[] = [];
  const unreadable: UnreadablePhoto[] = [];
  for (const { path, label, part } of chosen) {
    const record = records.get(path);
    if (record?.outcome === undefined) throw new Error(`internal: ${path} was not decoded`);
    const { fileHash, outcome } = record;
    if (outcome.readable) {
      const { contentHash, width, height, fingerprint } = outcome;
      const shape = { width, height, ...(fingerprint !== undefined && { fingerprint }) };
      photos.push({ path, label, part, fileHash, contentHash, ...shape });
    } else {
      unreadable.push({ path, code: outcome.code, message: outcome.message });
    }
  }
  requireEnough(scan, chosen, photos, unreadable);
  const duplicates = findDuplicates(photos);
  yield* warnings(unreadable, duplicates);
  const { root, layout, labels } = scan;
  return {
    root,
    layout,
    labels,
    photos,
    unreadable,
    duplicates,
    contentHash: datasetHashOf(photos, labels),
    pixels,
  };
}

function requireEnough(
  { root, labels }: ScannedDataset,
  chosen: readonly ScannedPhoto[],
  photos: readonly PreparedPhoto[],
  unreadable: readonly UnreadablePhoto[],
): void {
  const total = photos.length + unreadable.length;
  if (unreadable.length > total * 0.2) {
    throw photosError(
      "too-many-unreadable-photos",
      `${unreadable.length} of ${total} photos in ${root} cannot be read: ${named(unreadable)}.`,
      { subject: root, hint: `The first one: ${unreadable[0]!.message}` },
    );
  }
  const readable = new Set(photos.map((photo) => photo.label));
  const wanted = new Set(chosen.map((photo) => photo.label));
  const lost = labels.find((_, label) => wanted.has(label) && !readable.has(label));
  if (lost !== undefined) {
    throw photosError("class-empty", `No photo of the class ${lost} can be read.`, {
      subject: lost,
      hint: "Replace the photos, or move the class elsewhere.",
    });
  }
  const parts = new Set(photos.map(({ part }) => part));
  const lostPart = chosen.find(({ part }) => !parts.has(part))?.part;
  if (lostPart !== undefined) {
    throw photosError(
      "photos-too-few",
      `No photo of ${lostPart}/ in ${root} can be read: ${named(unreadable)}.`,
      {
        subject: lostPart,
        hint: "Replace the photos, or move that folder elsewhere.",
      },
    );
  }
}

/** The warning about photos of a data set that cannot be read. */
export const unreadableWarning = (unreadable: readonly { readonly path: string }[]): PhotosWarning => ({
  type: "warning",
  code: "photos-unreadable",
  message: `Skipped ${counted(unreadable.length, "unreadable photo")}: ${named(unreadable)}.`,
});

function* warnings(
  unreadable: readonly UnreadablePhoto[],
  duplicates: readonly DuplicateGroup[],
): Generator<PhotosWarning> {
  if (unreadable.length > 0) yield unreadableWarning(unreadable);
  const acrossClasses = duplicates.filter((group) => group.acrossClasses);
  if (acrossClasses.length > 0) {
    const message = `In more than one class: ${counted(acrossClasses.length, "photo")}, ${namedGroups(acrossClasses)}.`;
    yield { type: "warning", code: "duplicates-across-classes", message };
  }
  const acrossParts = duplicates.filter((group) => group.acrossParts);
  if (acrossParts.length > 0) {
    const message =
      `In more than one of train/, val/ and test/, which inflates validation accuracy: ` +
      `${counted(acrossParts.length, "photo")}, ${namedGroups(acrossParts)}.`;
    yield { type: "warning", code: "duplicates-across-parts", message };
  }
}

function namedGroups(groups: readonly DuplicateGroup[]): string {
  return named(groups.map((group) => ({ path: group.paths.join(" = ") })));
}

function named(photos: readonly { readonly path: string }[]): string {
  const names = photos.slice(0, NAMED).map((photo) => photo.path);
  return photos.length > NAMED ? `${names.join(", ")} and ${photos.length - NAMED} more` : names.join(", ");
}
