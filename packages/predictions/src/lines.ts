import { createReadStream } from "node:fs";
import { readFailure } from "@fleuron/files";

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
