import { RUN_FILES } from "@fleuron/run-folder/format";
import { findStorage, removeStorage, runFolders } from "../storage/browser-storage.js";
import { unlessHeld } from "../storage/run-lock.js";

/** Removes what pages left of runs that were never begun, which no list shows: photos, mostly. */
export async function sweepRuns(): Promise<void> {
  for await (const { run, files } of runFolders()) {
    if (files.some(({ name }) => name === RUN_FILES.record)) continue;
    await unlessHeld(run, async () => {
      // It may have been begun meanwhile.
      const storage = await findStorage(run).catch(() => undefined);
      if (storage && !(await storage.read(RUN_FILES.record))) await removeStorage(run);
    });
  }
}
