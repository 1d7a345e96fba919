// A photo to oriented RGB, from the same stored values as runtime-node's `decodePhoto`.
import {
  FleuronError,
  flattenOnBackground,
  type Rgb,
  type RgbImage,
  turned,
  turnOf,
  unreadablePhoto,
} from "@fleuron/model";
import type { SentPhoto } from "../../messages.js";
import { reasonOf } from "../failures.js";
import { fetchPhoto, type PhotoRequest } from "./fetch-photo.js";
import { openPhotoFile } from "./open-photo-file.js";
import { readPixels, type StoredPixels } from "./read-pixels.js";

export interface DecodeOptions extends PhotoRequest {
  /** What shows through where the photo is transparent. */
  readonly background: Rgb;
  /** Called when the pixels had to be read in a way that this browser disturbs. */
  readonly onRandomisedCanvas: () => void;
}

/** @throws FleuronError of `parsePhotoFile`, and for addresses "http-status", "html-instead", "network-failed". */
export async function decodePhoto(photo: SentPhoto, options: DecodeOptions): Promise<RgbImage> {
  const source = typeof photo === "string" ? await fetchPhoto(photo, options) : photo;
  const subject = nameOf(photo);
  try {
    const { data, width, height, turn } = await storedPixels(source, subject, options);
    return turned({ data: flattenOnBackground(data, options.background), width, height }, turn);
  } catch (cause) {
    if (cause instanceof FleuronError) throw cause;
    throw unreadablePhoto(subject, `this browser cannot read its pixels (${reasonOf(cause)})`, cause);
  }
}

async function storedPixels(
  source: Exclude<SentPhoto, string>,
  subject: string,
  { onRandomisedCanvas }: DecodeOptions,
): Promise<StoredPixels> {
  if (source instanceof ImageData) {
    const { data, width, height } = source;
    return { data, width, height, turn: turnOf(1) };
  }
  if (!(source instanceof Blob)) return readPixels(source, onRandomisedCanvas);
  const { picture, turn } = await openPhotoFile(source, subject);
  const pixels = await readPixels(picture, onRandomisedCanvas);
  return { ...pixels, turn: turn ?? pixels.turn };
}

const nameOf = (photo: SentPhoto): string =>
  typeof photo === "string" ? photo : photo instanceof File && photo.name ? photo.name : "The photo";
