import { closeSync, openSync, readSync } from "node:fs";
import { detectFormat } from "@fleuron/runtime-node/photos";

/** As many bytes as tell a photo's format. */
const START = 16;

/**
 * Whether a file begins as a JPEG, PNG or WebP does; a file that cannot be opened does not. Synchronous: for a hundred
 * thousand small files promises take five times as long.
 */
export function hasPhotoContent(file: string): boolean {
  try {
    const handle = openSync(file, "r");
    try {
      const start = Buffer.alloc(START);
      return detectFormat(start.subarray(0, readSync(handle, start)))?.supported === true;
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}
