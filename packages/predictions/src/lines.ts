import { createReadStream } from "node:fs";
import { type PutBytes, readFailure } from "@fleuron/files";

/**
 * The lines of a text file, of which a piece at a time is in memory.
 * @throws FleuronError `file-unreadable`.
 */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const piece of createReadStream(file, "utf8")) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (cause) {
    throw readFailure(file, cause);
  }
  if (rest !== "") yield rest;
}

const PIECE = 65_536;

/** Lines as UTF-8, many in a piece. */
export async function* piecesOf(lines: AsyncIterable<string>, head = ""): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let piece = head;
  for await (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield encoder.encode(piece);
    piece = "";
  }
  yield encoder.encode(piece);
}

/** Puts each piece behind the one before. */
export function appending(put: PutBytes): (bytes: Uint8Array) => Promise<void> {
  let position = 0;
  return async (bytes) => {
    await put(bytes, position);
    position += bytes.length;
  };
}
