import {
  fillInput,
  inputLength,
  type PreprocessingSpecification,
  type ProgressEvent,
  type RgbImage,
  resizePhoto,
} from "@fleuron/model";
import { useFile } from "@fleuron/runtime-node/photos";

export interface PhotoToVerify {
  readonly path: string;
  /** Index of its class, where that is known. */
  readonly label?: number | undefined;
}

/** A photo as large as it is in the network's input; as bytes, for a whole validation set has to fit into memory. */
export interface VerificationInput extends PhotoToVerify {
  readonly image: RgbImage;
}

export interface ReadInputs {
  readonly inputs: readonly VerificationInput[];
  readonly unreadable: readonly string[];
}

/** As many as libuv decodes at a time. */
const AT_ONCE = 4;

export async function* readInputs(
  photos: readonly PhotoToVerify[],
  preprocessing: PreprocessingSpecification,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressEvent, ReadInputs> {
  const inputs: VerificationInput[] = [];
  const unreadable: string[] = [];
  for (let start = 0; start < photos.length; start += AT_ONCE) {
    signal?.throwIfAborted();
    const group = photos.slice(start, start + AT_ONCE);
    const decoded = group.map(async (photo) => ({
      photo,
      outcome: await useFile(photo.path, preprocessing, (image) => resizePhoto(image, preprocessing)),
    }));
    for (const { photo, outcome } of await Promise.all(decoded)) {
      if ("code" in outcome) unreadable.push(outcome.photo);
      else inputs.push({ ...photo, image: outcome.result });
    }
    const completed = Math.min(start + AT_ONCE, photos.length);
    yield { type: "progress", task: "decoding photos", completed, total: photos.length, unit: "photos" };
  }
  return { inputs, unreadable };
}

/** A batch of inputs, [batch, 3, height, width]. */
export function batchOf(
  inputs: readonly VerificationInput[],
  preprocessing: PreprocessingSpecification,
): Float32Array {
  const perPhoto = inputLength(preprocessing);
  const images = new Float32Array(inputs.length * perPhoto);
  for (const [index, { image }] of inputs.entries())
    fillInput(image, preprocessing, images, index * perPhoto);
  return images;
}
