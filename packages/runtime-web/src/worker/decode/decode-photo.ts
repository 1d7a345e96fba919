// A photo to oriented RGB, from the same stored values as runtime-node's `decodePhoto`.
import { flattenOnBackground, type Rgb, type RgbImage } from "@fleuron/model";
import { BITMAP_OPTIONS } from "../../bitmap-options.js";
import { runtimeError } from "../../errors.js";
import type { SentPhoto } from "../../messages.js";
import { reasonOf } from "../failures.js";
import { fetchPhoto, type PhotoRequest } from "./fetch-photo.js";
import { readPixels } from "./read-pixels.js";
import type { RgbaImage } from "./rgba-image.js";

export interface DecodeOptions extends PhotoRequest {
  /** What shows through where the photo is transparent. */
  readonly background: Rgb;
  /** Called when the pixels had to be read in a way that this browser disturbs. */
  readonly onRandomisedCanvas: () => void;
}

/** @throws FleuronError "photo-unreadable", and for addresses "http-status", "html-instead", "network-failed". */
export async function decodePhoto(photo: SentPhoto, options: DecodeOptions): Promise<RgbImage> {
  const source = typeof photo === "string" ? await fetchPhoto(photo, options) : photo;
  try {
    const { data, width, height } = await pixelsOf(source, options);
    return { data: flattenOnBackground(data, options.background), width, height };
  } catch (cause) {
    const subject = nameOf(photo);
    throw runtimeError("photo-unreadable", `${subject} cannot be decoded: ${reasonOf(cause)}`, {
      subject,
      hint: "It is damaged, cut short, or of a format that this browser does not know.",
      cause,
    });
  }
}

async function pixelsOf(
  source: Exclude<SentPhoto, string>,
  { onRandomisedCanvas }: DecodeOptions,
): Promise<RgbaImage> {
  if (source instanceof ImageData) return source;
  const picture = source instanceof Blob ? await createImageBitmap(source, BITMAP_OPTIONS) : source;
  try {
    return await readPixels(picture, onRandomisedCanvas);
  } finally {
    picture.close();
  }
}

const nameOf = (photo: SentPhoto): string =>
  typeof photo === "string" ? photo : photo instanceof File && photo.name ? photo.name : "The photo";
