import { FleuronError, type Rgb, type RgbImage } from "@fleuron/model";
import { decodePhoto } from "./decode-photo.js";
import { readPhoto } from "./read-photo.js";

export interface DecodedFile {
  /** Its path. */
  readonly photo: string;
  readonly image: RgbImage;
}

/** A photo that could not be read; the others are still named. */
export interface UnreadablePhoto {
  readonly photo: string;
  readonly code: string;
  readonly message: string;
}

/** The pixels of a photo's file; of one that cannot be read, why. */
export async function decodeFile(photo: string, background: Rgb): Promise<DecodedFile | UnreadablePhoto> {
  try {
    return { photo, image: await decodePhoto(await readPhoto(photo), { background, subject: photo }) };
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    return { photo, code: error.code, message: error.message };
  }
}
