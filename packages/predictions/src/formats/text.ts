import type { PredictionRow } from "../row.js";
import type { WriteRows } from "./format.js";

const PIECE = 65_536;

/** A format of text lines. */
export const textFormat =
  (line: (row: PredictionRow) => string, head = ""): WriteRows =>
  async (rows, put) => {
    const encoder = new TextEncoder();
    let piece = head;
    for await (const row of rows) {
      piece += `${line(row)}\n`;
      if (piece.length < PIECE) continue;
      await put(encoder.encode(piece));
      piece = "";
    }
    await put(encoder.encode(piece));
  };
