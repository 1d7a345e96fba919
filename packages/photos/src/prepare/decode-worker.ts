/** A worker's job: one photo from its file into the pixel cache. The pixels never cross to the main thread. */
import { FleuronError } from "@fleuron/model";
import { type DecodedEntry, PixelReader } from "../cache/pixel-reader.js";
import { fingerprintOf } from "../scan/look.js";
import { readPhotoFile, unreadableOutcome } from "../scan/photo-file.js";
import type { DecodeAnswer, DecodeTask } from "./decode-task.js";

export default async function decode({ source, path, budget }: DecodeTask): Promise<DecodeAnswer> {
  const reader = new PixelReader(source, budget);
  let found = { stamp: "", fileHash: "" };
  try {
    const { bytes, stamp, fileHash } = await readPhotoFile(source.root, path);
    found = { stamp, fileHash };
    const photo = { path, fileHash };
    const entry: DecodedEntry = (await reader.readStored(photo)) ?? (await reader.decode(bytes, photo));
    const { width, height } = entry.image;
    const { contentHash } = entry;
    const fingerprint = fingerprintOf(entry.image);
    return {
      record: { path, ...found, outcome: { readable: true, contentHash, width, height, fingerprint } },
      ...(entry.cacheError !== undefined && { cacheError: String(entry.cacheError) }),
    };
  } catch (error) {
    // What is no fault of the photo, such as a lack of memory, may have passed when it is next asked for.
    const stamp = error instanceof FleuronError ? found.stamp : "";
    return { record: { path, ...found, stamp, outcome: unreadableOutcome(error, path) } };
  }
}
