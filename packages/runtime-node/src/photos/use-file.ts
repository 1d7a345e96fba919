import { FleuronError, type RgbImage } from "@fleuron/model";
import { type UsePhotoOptions, usePhoto } from "./decode-photo.js";
import { readPhoto } from "./read-photo.js";

export interface UsedFile<Result> {
  /** Its path. */
  readonly photo: string;
  readonly result: Result;
}

/** A photo that could not be read; the others are still named. */
export interface UnreadablePhoto {
  readonly photo: string;
  readonly code: string;
  readonly message: string;
}

/** What `use` makes of the pixels of a photo's file; of one that cannot be read, why. */
export async function useFile<Result>(
  photo: string,
  options: Pick<UsePhotoOptions, "background" | "budget">,
  use: (image: RgbImage) => Result,
): Promise<UsedFile<Result> | UnreadablePhoto> {
  try {
    return { photo, result: await usePhoto(await readPhoto(photo), { ...options, subject: photo }, use) };
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    return { photo, code: error.code, message: error.message };
  }
}
