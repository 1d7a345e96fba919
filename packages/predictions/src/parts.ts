// Predictions that are on their way to a file: parts of some thousand rows, named by the place of their first.
import { promises as fs } from "node:fs";
import { join } from "node:path";
import { readFailure, replaceTextFile } from "@fleuron/files";
import { predictionsError } from "./errors.js";
import { linesOf } from "./lines.js";
import { PART } from "./own-files.js";
import type { PredictionRow } from "./row.js";

interface Part {
  readonly file: string;
  /** The place of its first row. */
  readonly start: number;
}

export const writePart = (folder: string, start: number, rows: readonly PredictionRow[]): Promise<void> =>
  replaceTextFile(
    join(folder, `${String(start).padStart(10, "0")}.jsonl`),
    rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );

export async function partsIn(folder: string): Promise<readonly Part[]> {
  const names = await fs
    .readdir(folder)
    .catch((cause: unknown) => Promise.reject(readFailure(folder, cause)));
  return names.sort().flatMap((name) => {
    const start = PART.exec(name)?.[1];
    return start === undefined ? [] : { file: join(folder, name), start: Number(start) };
  });
}

export async function removeParts(folder: string): Promise<void> {
  for (const { file } of await partsIn(folder)) await fs.rm(file);
}

/** How many rows the parts have. */
export async function countRows(folder: string): Promise<number> {
  const last = (await partsIn(folder)).at(-1);
  if (last === undefined) return 0;
  let rows = last.start;
  for await (const _ of linesOf(last.file)) rows++;
  return rows;
}

/**
 * All rows, in order.
 * @throws FleuronError `parts-damaged` where they are not `total`, or a part is not as it was written.
 */
export async function* rowsOfParts(folder: string, total: number): AsyncGenerator<PredictionRow> {
  let rows = 0;
  for (const { file, start } of await partsIn(folder)) {
    if (start !== rows) throw damaged(folder, `row ${rows + 1} is missing`);
    for await (const line of linesOf(file)) {
      yield rowOf(line, file);
      rows++;
    }
  }
  if (rows !== total) throw damaged(folder, `it has ${rows} rows of ${total}`);
}

function rowOf(line: string, file: string): PredictionRow {
  try {
    return JSON.parse(line) as PredictionRow;
  } catch {
    throw damaged(file, "a line is not JSON");
  }
}

const damaged = (subject: string, problem: string) =>
  predictionsError("parts-damaged", `${subject} is damaged: ${problem}.`, {
    subject,
    hint: "Predict all again with `force`.",
  });
