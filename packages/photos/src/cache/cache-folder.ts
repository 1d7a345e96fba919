/** Where the cache of pixels and features lies on disk. */
import { createHash } from "node:crypto";
import path from "node:path";
import { decoderIdentity } from "@fleuron/runtime-node/photos";
import { type PixelStorage, storageName } from "@fleuron/training/data";
import { cacheFolder } from "./cache-place.js";

/** Raise it when the bytes that decoding or resizing gives, or the features of them, change for another reason than a library's version. */
const CACHE_VERSION = 2;

/** The folder of stored pixels: `pixels/` in {@link cacheFolder}. */
export const pixelFolder = (given?: string): string => path.join(cacheFolder(given), "pixels");

/** The folder of one stored form, as one version of the decoder makes it. */
export function storageFolder(pixels: string, storage: PixelStorage): string {
  return path.join(pixels, `${storageName(storage)}-${shortHash(`${CACHE_VERSION} ${decoderIdentity()}`)}`);
}

/** The folder of what networks make of photos, by all that it depends on besides the photo. */
export const featureFolder = (pixels: string, key: string): string =>
  path.join(pixels, `features-${shortHash(`${CACHE_VERSION} ${decoderIdentity()} ${key}`)}`);

/** The file of one photo's pixels, or of its features, by the hash of the photo's file. */
export function entryFile(folder: string, fileHash: string, extension: "rgb" | "f32" = "rgb"): string {
  return path.join(folder, fileHash.slice(0, 2), `${fileHash.slice(2)}.${extension}`);
}

/** What is remembered about one dataset folder. */
export function indexFile(storageFolder: string, root: string): string {
  return path.join(storageFolder, "datasets", `${shortHash(root)}.json`);
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
