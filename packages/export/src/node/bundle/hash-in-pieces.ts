import type { Hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";

/** Bytes that are hashed in one go: as many as Node writes to a file in one go. */
const PIECE = 2 ** 19;

/** Adds bytes to a hash. Between two pieces the thread does what else it has to, such as handing others to the disk. */
export async function hashInPieces(hash: Hash, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    hash.update(bytes.subarray(at, at + PIECE));
    await setImmediate();
  }
}
