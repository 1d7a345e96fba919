import { closeSync, openSync, readSync } from "node:fs";
import { FORMAT_BYTES, formatOf } from "@fleuron/model";

/**
 * Whether a file begins as a JPEG, PNG or WebP does; a file that cannot be opened does not. Synchronous: for a hundred
 * thousand small files promises take five times as long.
 */
export function hasPhotoContent(file: string): boolean {
  try {
    const handle = openSync(file, "r");
    try {
      const start = Buffer.alloc(FORMAT_BYTES);
      return formatOf(start.subarray(0, readSync(handle, start))) !== undefined;
    } finally {
      closeSync(handle);
    }
  } catch {
    return false;
  }
}
