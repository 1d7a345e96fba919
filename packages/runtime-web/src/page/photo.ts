// What a page has as photos, and what of it can be sent to a worker.
import { photoError } from "@fleuron/model";
import { BITMAP_OPTIONS } from "../bitmap-options.js";
import type { SentPhoto } from "../messages.js";
import { absoluteUrl } from "./absolute-url.js";

/** A string is an address, relative to the page. A video gives the frame that it shows. */
export type Photo =
  | string
  | URL
  | Blob
  | ImageBitmap
  | ImageData
  | VideoFrame
  | HTMLImageElement
  | HTMLVideoElement
  | HTMLCanvasElement
  | OffscreenCanvas;

type Sender<Kind> = (photo: Kind) => SentPhoto | Promise<SentPhoto>;

const same = <Kind extends SentPhoto>(photo: Kind): Kind => photo;
const bitmapOf = (photo: ImageBitmapSource) => createImageBitmap(photo, BITMAP_OPTIONS);
const addressOf = (photo: string | URL) => absoluteUrl(photo).href;

/** By {@link kindOf}, which is the same in all frames of a page. */
const senders = {
  String: addressOf satisfies Sender<string>,
  URL: addressOf satisfies Sender<URL>,
  Blob: same satisfies Sender<Blob>,
  File: same satisfies Sender<File>,
  ImageBitmap: same satisfies Sender<ImageBitmap>,
  ImageData: same satisfies Sender<ImageData>,
  VideoFrame: same satisfies Sender<VideoFrame>,
  HTMLImageElement: (async (photo) => {
    await photo.decode();
    return bitmapOf(photo);
  }) satisfies Sender<HTMLImageElement>,
  HTMLVideoElement: bitmapOf satisfies Sender<HTMLVideoElement>,
  HTMLCanvasElement: bitmapOf satisfies Sender<HTMLCanvasElement>,
  OffscreenCanvas: bitmapOf satisfies Sender<OffscreenCanvas>,
};

/** The name that the platform gives an object. */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** @throws FleuronError "photo-unsupported" for what is no photo, "photo-unreadable" for an element without one. */
export async function toSentPhoto(photo: Photo): Promise<SentPhoto> {
  const kind = kindOf(photo);
  if (!Object.hasOwn(senders, kind)) {
    throw photoError("photo-unsupported", `A photo cannot be given as ${kind}.`, {
      hint: `Give one of ${Object.keys(senders).join(", ")}.`,
    });
  }
  try {
    return await (senders[kind as keyof typeof senders] as Sender<Photo>)(photo);
  } catch (cause) {
    throw photoError("photo-unreadable", `The ${kind} has no picture to classify: ${String(cause)}`, {
      hint: "Wait until it has loaded.",
      cause,
    });
  }
}
