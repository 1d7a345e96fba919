import { FleuronError } from "@fleuron/model";
import type { RunRecord } from "./format/run-record.js";
import { createRunFolder, type WritableRunFolder } from "./run-folder.js";

/**
 * Makes the folder of a new run as {@link createRunFolder} does, at `path`, or at `path-2`, `path-3` and so on where other
 * runs have those: two runs may begin in the same second.
 * @throws FleuronError as {@link createRunFolder}, except `run-folder-exists` and `run-in-use`.
 */
export async function createFreeRunFolder(
  path: string,
  record: RunRecord,
  prepare?: (path: string) => Promise<void>,
): Promise<WritableRunFolder> {
  for (let number = 1; ; number++) {
    try {
      return await createRunFolder(number === 1 ? path : `${path}-${number}`, record, prepare);
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof FleuronError && (error.code === "run-folder-exists" || error.code === "run-in-use");
