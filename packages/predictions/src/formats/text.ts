import { piecesOf } from "../lines.js";
import type { PredictionRow } from "../row.js";
import type { WriteRows } from "./format.js";

/** A format of text lines. */
export const textFormat =
  (line: (row: PredictionRow) => string, head = ""): WriteRows =>
  async (rows, put) => {
    for await (const piece of piecesOf(linesOf(rows, line), head)) await put(piece);
  };

async function* linesOf(
  rows: AsyncIterable<PredictionRow>,
  line: (row: PredictionRow) => string,
): AsyncGenerator<string> {
  for await (const row of rows) yield line(row);
}
