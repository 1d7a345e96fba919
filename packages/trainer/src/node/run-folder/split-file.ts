import { promises as fs } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { readFailure, runFolderError, systemCode } from "./errors.js";
import { replaceTextFile } from "./replace-file.js";
import { RUN_FILES } from "./run-files.js";
import { parseJson } from "./validate.js";

/** @throws FleuronError `disk-full`, `run-folder-unwritable`. */
export const writeSplit = (folder: string, split: object): Promise<void> =>
  replaceTextFile(join(folder, RUN_FILES.split), `${JSON.stringify(split, null, 1)}\n`);

/**
 * The JSON of `split.json`; what it must look like is for the caller to say.
 * @throws FleuronError `split-missing`, `split-invalid`, `run-folder-unreadable`.
 */
export async function readSplit(folder: string): Promise<unknown> {
  const file = join(folder, RUN_FILES.split);
  let text: string;
  try {
    text = await fs.readFile(file, "utf8");
  } catch (cause) {
    if (systemCode(cause) !== "ENOENT") throw readFailure(file, cause);
    throw runFolderError("split-missing", `There is no ${file}.`, {
      subject: file,
      hint: "Name the photos with --data.",
      cause,
    });
  }
  const parsed = parseJson(v.unknown(), text);
  if ("value" in parsed) return parsed.value;
  throw runFolderError("split-invalid", `${file} is damaged: ${parsed.problem}.`, {
    subject: file,
    hint: "Restore the file from a copy, or name the photos with --data.",
  });
}
