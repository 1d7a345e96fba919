/** What a split lacks: sides without photos, and classes that a side has none of. */
import { photosError } from "../errors.js";
import type { PhotosWarning } from "../events.js";
import type { Split } from "./split-dataset.js";

export interface SplitProblems {
  /** Why there is nothing to train; null where there is. */
  readonly refusal: string | null;
  /** Sentences about classes that are trained on but not measured, or the other way round. */
  readonly missing: readonly string[];
}

export function splitProblems(split: Split): SplitProblems {
  for (const [side, photos] of [
    ["train on", split.train],
    ["validate with", split.val],
  ] as const) {
    if (photos.length === 0) return { refusal: `No photos are left to ${side}.`, missing: [] };
  }
  const untrained = lacking(split, split.train);
  const unmeasured = lacking(split, split.val);
  return {
    refusal: null,
    missing: [
      ...(untrained.length > 0
        ? [`No training photos of ${named(untrained)}, which the network cannot learn.`]
        : []),
      ...(unmeasured.length > 0
        ? [`No validation photos of ${named(unmeasured)}, of which the accuracy says nothing.`]
        : []),
    ],
  };
}

/**
 * Says which classes one side lacks.
 * @param data what error messages call the photos.
 * @throws FleuronError `photos-too-few` where a side has none.
 */
export function* requireBothSides(split: Split, data: string): Generator<PhotosWarning> {
  const { refusal, missing } = splitProblems(split);
  if (refusal !== null) {
    throw photosError("photos-too-few", `${data}: ${refusal}`, {
      subject: data,
      hint: "Give more photos, another `validationSplit`, or a folder val/.",
    });
  }
  for (const message of missing) yield { type: "warning", code: "class-without-photos", message };
}

function lacking({ labels }: Split, photos: Split["train"]): readonly string[] {
  const present = new Set(photos.map(({ label }) => label));
  return labels.filter((_, label) => !present.has(label));
}

const NAMED = 5;

const named = (labels: readonly string[]) =>
  labels.length > NAMED
    ? `${labels.slice(0, NAMED).join(", ")} and ${labels.length - NAMED} more classes`
    : labels.join(", ");
