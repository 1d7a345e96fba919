// One process at a time fills a folder of the house: data sets, engines; others wait.
import { setTimeout as sleep } from "node:timers/promises";
import { FleuronError, type WorkEvent, warning } from "@fleuron/model";
import { folderFailure } from "./folder-errors.js";
import { acquireLock } from "./lock.js";
import { makeFolder } from "./make-folder.js";

const POLL_MILLISECONDS = 250;

/** @throws FleuronError `disk-full`, `folder-unwritable`; `signal.reason` when aborted while it waits. */
export async function* lockFolder(
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, AsyncDisposable> {
  await makeFolder(folder).catch((cause: unknown) => {
    throw folderFailure(folder, cause);
  });
  for (let warned = false; ; warned = true) {
    signal?.throwIfAborted();
    try {
      return await acquireLock(folder);
    } catch (error) {
      if (!(error instanceof FleuronError) || error.code !== "run-in-use") throw error;
      if (!warned) yield warning("folder-busy", `Waiting: ${[error.message, error.hint].join(" ")}`);
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}
