import { replaceFile } from "@fleuron/files";
import { formats } from "./formats/index.js";
import { appending } from "./lines.js";
import type { PredictionsEnding } from "./options.js";
import { rowsOfParts } from "./parts.js";
import type { PredictionRow } from "./row.js";

export interface JoinOptions {
  readonly folder: string;
  /** How many rows there have to be. */
  readonly total: number;
  readonly file: string;
  readonly ending: PredictionsEnding;
}

/**
 * Writes the file that the parts in a folder make.
 * @returns how many of its photos could not be read.
 * @throws FleuronError `parts-damaged`, `disk-full`, `file-unwritable`.
 */
export async function joinParts({ folder, total, file, ending }: JoinOptions): Promise<number> {
  const write = await formats[ending]();
  let unreadable = 0;
  async function* counted(): AsyncGenerator<PredictionRow> {
    for await (const row of rowsOfParts(folder, total)) {
      if (row.error !== null) unreadable++;
      yield row;
    }
  }
  await replaceFile(file, (put) => write(counted(), appending(put)));
  return unreadable;
}
