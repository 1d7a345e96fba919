import type { PredictionRow } from "../row.js";

/** Writes rows as a file, from its beginning on; `put` takes what is written, piece by piece. */
export type WriteRows = (
  rows: AsyncIterable<PredictionRow>,
  put: (bytes: Uint8Array) => Promise<void>,
) => Promise<void>;
