// The thread of hash-in-thread.ts.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { fileStamp } from "@fleuron/files";
import type { HashThreadData } from "./hash-in-thread.js";

const PIECE = 2 ** 20;

/** Undefined where the file is another one by now, or ends too early. */
function hashOf({ file, stamp, places }: HashThreadData): string | undefined {
  const descriptor = openSync(file, "r");
  try {
    const isSame = () => fileStamp(fstatSync(descriptor, { bigint: true })) === stamp;
    if (!isSame()) return undefined;
    const hash = createHash("sha256");
    const piece = new Uint8Array(PIECE);
    for (const { offset, length } of places) {
      for (let at = 0; at < length; ) {
        const read = readSync(descriptor, piece, 0, Math.min(PIECE, length - at), offset + at);
        if (read === 0) return undefined;
        hash.update(piece.subarray(0, read));
        at += read;
      }
    }
    return isSame() ? hash.digest("hex") : undefined;
  } finally {
    closeSync(descriptor);
  }
}

parentPort!.postMessage(hashOf(workerData));
