// What the readers of other tools' files share.
import * as v from "valibot";
import { type Checked, checked, mustBe } from "../checked/index.js";
import { preprocessingError } from "../preprocessing/errors.js";
import type { PreprocessingSpecification, ResampleFilter } from "../preprocessing/index.js";

/** What a file of another tool says about photos, as far as it can be had here. */
export interface FoundPreprocessing {
  readonly preprocessing: PreprocessingSpecification;
  /** What is done in another way than the file says, a sentence each. */
  readonly warnings: readonly string[];
}

/** What no other tool has a word for. */
export const decoding = {
  exifOrientation: true,
  background: [255, 255, 255],
  colourSpace: "srgb",
} as const satisfies Partial<PreprocessingSpecification>;

type Three = PreprocessingSpecification["mean"];

export const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } satisfies {
  readonly mean: Three;
  readonly std: Three;
};

/** One number for all channels, or one for each. */
export const perChannel = v.union(
  [
    v.strictTuple([v.number(), v.number(), v.number()]),
    v.pipe(
      v.number(),
      v.transform((value): Three => [value, value, value]),
    ),
  ],
  "a number or three",
);

/** The name of the way that a tool resizes, and the nearest to it that there is. */
export function filterOf(resampling: string): {
  readonly filter: ResampleFilter;
  readonly warnings: readonly string[];
} {
  if (resampling === "nearest") return { filter: "nearest", warnings: [] };
  if (resampling === "bilinear") return { filter: "triangle", warnings: [] };
  const warning = `Photos are resized bilinearly, not by ${resampling}: inputs differ by a few levels.`;
  return { filter: "triangle", warnings: [warning] };
}

/** What is to be cut out of a photo after it was resized, and how it is resized. */
export type Fitting = Pick<PreprocessingSpecification, "size" | "resize">;

export const sizeOf = (height: number, width: number): PreprocessingSpecification["size"] =>
  height === width ? height : [height, width];

/** @throws FleuronError `preprocessing-invalid` for a text that is not what the schema describes. */
export function readEntries<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  { file, within }: { readonly file: string; readonly within?: string },
): v.InferOutput<Schema> {
  let found: Checked<v.InferOutput<Schema>>;
  try {
    const json: unknown = JSON.parse(text);
    const inner = within === undefined ? undefined : Object(json)[within];
    const entries = inner ?? json;
    found = Array.isArray(entries)
      ? { problem: mustBe("it", "an object", entries) }
      : checked(schema, entries, inner === undefined ? undefined : within);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    found = { problem: "it is not JSON" };
  }
  if ("value" in found) return found.value;
  throw cannotRead(file, found.problem);
}

export const cannotRead = (file: string, problem: string) =>
  preprocessingError("preprocessing-invalid", `${file} does not say how photos become inputs: ${problem}.`, {
    subject: file,
    hint: "Say it with `preprocessing`, `imageSize` and `resize`.",
  });
