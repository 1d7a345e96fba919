// What is fitted to photos that a network was not trained on, and belongs to its weights from then on.
import * as v from "valibot";
import { rejectBelowSchema, temperatureSchema } from "../manifest/output.js";

export const calibrationSchema = v.strictObject({
  /** Logits are divided by it: probabilities are softmax(logits ÷ temperature). */
  temperature: temperatureSchema,
  /** A photo whose greatest probability is less is none of the classes. Absent where too few photos could say. */
  rejectBelow: v.exactOptional(rejectBelowSchema),
});

export type Calibration = Readonly<v.InferOutput<typeof calibrationSchema>>;

/** A network whose probabilities are its own: softmax(logits). */
export const uncalibrated: Calibration = { temperature: 1 };
