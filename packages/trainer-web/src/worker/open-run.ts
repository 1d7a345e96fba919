import type { TrainedFiles } from "../messages.js";
import { findStorage } from "../storage/browser-storage.js";
import { savedRecord } from "./saved-record.js";
import { trainedFiles } from "./trained-files.js";

/** The files of a saved run's best epoch so far. */
export async function openRun(run: string, wasmUrl: string): Promise<TrainedFiles> {
  const storage = await findStorage(run);
  const read = async () => trainedFiles(run, storage, await savedRecord(storage), wasmUrl);
  return read().catch((error: unknown) => {
    // A checkpoint that was replaced while it was read cannot be read on.
    if (error instanceof DOMException) return read();
    throw error;
  });
}
