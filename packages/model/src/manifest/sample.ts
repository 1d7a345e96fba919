/** What a model says of one picture that every reader can draw: by it a runtime that was not there at export checks itself. */
import * as v from "valibot";
import { shareSchema } from "./share.js";

export const sampleSchema = v.strictObject({
  /** The seed of the picture, which `mosaicInput` draws. */
  seed: v.pipe(v.number(), v.safeInteger()),
  /** The most probable labels, the first one first. */
  predictions: v.pipe(
    v.array(
      v.strictObject({
        label: v.pipe(v.string(), v.minLength(1)),
        probability: shareSchema,
      }),
    ),
    v.minLength(1),
    v.readonly(),
  ),
});

export type ModelSample = Readonly<v.InferOutput<typeof sampleSchema>>;
