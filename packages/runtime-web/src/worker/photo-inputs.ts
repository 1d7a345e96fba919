import {
  type ClassificationTimings,
  inputLength,
  type PreprocessingSpecification,
  preprocess,
} from "@fleuron/model";
import type { SentPhoto } from "../messages.js";
import { type DecodeOptions, decodePhoto } from "./decode/decode-photo.js";

export interface PhotoInputs {
  /** [photos, channels, height, width]. */
  readonly input: Float32Array;
  /** The times of each photo, in milliseconds. */
  readonly timings: readonly Omit<ClassificationTimings, "run">[];
}

/** Photos as the network wants them. @throws what {@link decodePhoto} throws; the signal's reason. */
export async function photoInputs(
  photos: readonly SentPhoto[],
  preprocessing: PreprocessingSpecification,
  options: Omit<DecodeOptions, "background">,
): Promise<PhotoInputs> {
  const { background } = preprocessing;
  const length = inputLength(preprocessing);
  const input = new Float32Array(photos.length * length);
  const timings: Omit<ClassificationTimings, "run">[] = [];
  for (const [index, photo] of photos.entries()) {
    const started = performance.now();
    const image = await decodePhoto(photo, { ...options, background });
    const decoded = performance.now();
    preprocess(image, preprocessing, input, index * length);
    timings.push({ decode: decoded - started, preprocess: performance.now() - decoded });
    options.signal.throwIfAborted();
  }
  return { input, timings };
}
