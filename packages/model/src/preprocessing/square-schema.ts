// Apart from `square.ts`, for pages, which read no runs.
import * as v from "valibot";
import { preprocessingSchema } from "./specification.js";
import { isSquare } from "./square.js";

export const squarePreprocessingSchema = v.pipe(
  preprocessingSchema,
  v.guard(isSquare, "that of a square input which the photo fills"),
);
