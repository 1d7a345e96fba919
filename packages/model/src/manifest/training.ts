/** The training that a bundle's weights come from: what its card says, and how to find the run again. */
import * as v from "valibot";
import { sha256 } from "./sha256.js";
import { shareSchema } from "./share.js";

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const utcTime = v.pipe(
  v.string(),
  v.check((time) => /^\d{4}-.*Z$/.test(time) && !Number.isNaN(Date.parse(time)), "not a time in UTC"),
);

export const trainingSchema = v.strictObject({
  /** The name of the run's folder. */
  run: v.string(),
  checkpoint: v.picklist(["best", "last"]),
  /** SHA-256 of the weights in their canonical order: models of a bundle have the same ones. */
  weights: sha256,
  network: v.strictObject({ name: v.string(), parameters: count }),
  recipe: v.string(),
  /** Completed when the checkpoint was written. */
  epochs: count,
  dataset: v.strictObject({
    /** "procedural": the pictures were drawn by a program, and say nothing about photos. */
    name: v.picklist(["folder", "flowers", "procedural"]),
    trainCount: count,
    valCount: count,
  }),
  /** The checkpoint's accuracy on the validation photos; null where the run has no such figure. */
  valAccuracy: v.nullable(shareSchema),
  /** When the run ended, or began if it has not ended. */
  trained: utcTime,
});

export type TrainingProvenance = Readonly<v.InferOutput<typeof trainingSchema>>;
