import { firstNotFinite } from "@fleuron/model";
import type { Logits } from "../engine/engine.js";
import { trainerError } from "../errors.js";

/** @throws FleuronError `result-not-finite`, which names the checkpoint, for logits that are not numbers. */
export function finiteLogits(logits: Logits, checkpoint: string): Logits {
  const at = firstNotFinite(logits.data);
  if (at < 0) return logits;
  throw trainerError(
    "result-not-finite",
    `The network of ${checkpoint} gives ${logits.data[at]} for a photo.`,
    {
      subject: checkpoint,
      hint: "Its weights are too large: use the run's other checkpoint, or train again with a smaller `learningRate`.",
    },
  );
}
