// What is no longer a number ends a run, and is never saved.
import { firstNotFinite } from "@fleuron/model";
import { trainerError } from "../errors.js";
import type { NamedTensor } from "../state.js";
import type { Place } from "./run-length.js";

/** Passes tensors on, unless one holds something that is not a number: then nothing may be saved. */
export async function* onlyNumbers(
  tensors: AsyncIterable<NamedTensor>,
  place: Place,
  saved: Place | undefined,
): AsyncGenerator<NamedTensor> {
  for await (const tensor of tensors) {
    const at = firstNotFinite(tensor.data);
    if (at >= 0) {
      const where = place.step > 0 ? placeOf(place, 0) : `epoch ${place.epoch}`;
      throw notFinite(`tensor '${tensor.name}' has become ${tensor.data[at]} by the end of ${where}`, saved);
    }
    yield tensor;
  }
}

/** The step under way is `ahead` 1, the one before it 0. */
export const placeOf = ({ epoch, step }: Place, ahead: 0 | 1) => `step ${step + ahead} of epoch ${epoch + 1}`;

/** `saved` is the place of the last checkpoint, where there is one. */
export function notFinite(what: string, saved: Place | undefined, learningRate?: number) {
  const rate = learningRate === undefined ? "" : ` at learning rate ${learningRate}`;
  return trainerError("loss-not-finite", `The ${what}${rate}.`, {
    hint:
      saved === undefined
        ? "Nothing was saved yet. Start a new run with a smaller `learningRate`."
        : `What was saved after ${saved.step > 0 ? placeOf(saved, 0) : `epoch ${saved.epoch}`} is intact, but training on from it would fail ` +
          "in the same way: start a new run with a smaller `learningRate`.",
  });
}
