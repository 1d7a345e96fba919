/** The file that a bundle's weights were imported from. */
import * as v from "valibot";
import { sha256 } from "./sha256.js";

export const sourceSchema = v.strictObject({
  /** Its name, without its folder. */
  file: v.pipe(v.string(), v.minLength(1)),
  sha256,
  /** SHA-256 of the weights in their canonical order, which may lie in files beside it. */
  weights: sha256,
});

export type ImportSource = Readonly<v.InferOutput<typeof sourceSchema>>;
