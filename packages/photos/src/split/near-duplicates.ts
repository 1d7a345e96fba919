/** Photos to validate with that are nearly those which are trained on: bursts, edited twins. They inflate the accuracy. */
import { setImmediate as breathe } from "node:timers/promises";
import { counted, throttle } from "@fleuron/model";
import { PixelReader } from "../cache/pixel-reader.js";
import { type PhotosEvent, progressOfPhotos } from "../events.js";
import type { PreparedDataset, PreparedPhoto } from "../prepare/prepared-dataset.js";
import { groupBy } from "../scan/group-by.js";
import { type Gradients, gradientsIn, type Look, lookOf, looksLike, mayLookLike } from "../scan/look.js";

interface Candidate {
  readonly photo: PreparedPhoto;
  readonly gradients: Gradients;
}

/**
 * A warning where there are some of one class. Fingerprints are compared first; only the photos that may be alike are read.
 */
export async function* nearDuplicates(
  { pixels }: Pick<PreparedDataset, "pixels">,
  { train, val }: { readonly train: readonly PreparedPhoto[]; readonly val: readonly PreparedPhoto[] },
  signal?: AbortSignal,
): AsyncGenerator<PhotosEvent, void> {
  const reader = new PixelReader(pixels);
  const looks = new Map<string, Promise<Look>>();
  const look = (photo: PreparedPhoto) => {
    const known = looks.get(photo.path) ?? reader.read(photo).then(lookOf);
    looks.set(photo.path, known);
    return known;
  };
  const trained = groupBy(train.flatMap(candidate), ({ photo }) => photo.label);
  const pairs: string[] = [];
  const due = throttle(val.length);
  for (const [at, { photo, gradients }] of val.flatMap(candidate).entries()) {
    for (const other of trained.get(photo.label) ?? []) {
      if (!mayLookLike(gradients, other.gradients) || other.photo.contentHash === photo.contentHash) continue;
      if (!looksLike(await look(photo), await look(other.photo))) continue;
      pairs.push(`${photo.path} = ${other.photo.path}`);
      break;
    }
    if (!due(at + 1)) continue;
    yield progressOfPhotos("comparing photos", at + 1, val.length);
    await breathe();
    signal?.throwIfAborted();
  }
  if (pairs.length > 0) yield warningOf(pairs);
}

const candidate = (photo: PreparedPhoto): readonly Candidate[] =>
  photo.fingerprint === undefined ? [] : [{ photo, gradients: gradientsIn(photo.fingerprint) }];

const NAMED = 3;

function warningOf(pairs: readonly string[]): PhotosEvent {
  const more = pairs.length > NAMED ? ` and ${pairs.length - NAMED} more` : "";
  const message =
    `${counted(pairs.length, "validation photo")} ${pairs.length === 1 ? "is" : "are"} nearly the same as photos that are ` +
    `trained on, which inflates validation accuracy: ${pairs.slice(0, NAMED).join(", ")}${more}.`;
  return { type: "warning", code: "near-duplicates-across-split", message };
}
