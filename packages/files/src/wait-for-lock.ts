// One process at a time fills a folder of the house: data sets, engines, bundles; others wait.
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { FleuronError, type WarningEvent, type WorkEvent, warning } from "@fleuron/model";
import { failedFolder } from "./folder-errors.js";
import { acquireLock } from "./lock.js";
import { makeFolder } from "./make-folder.js";

const POLL_MILLISECONDS = 250;

/** @throws FleuronError `disk-full`, `folder-unwritable`; `signal.reason` when aborted while it waits. */
export async function* lockFolder(
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, AsyncDisposable> {
  await makeFolder(folder).catch(failedFolder(folder));
  return yield* waiting(() => acquireLock(folder), signal);
}

/**
 * The same for a folder that may be replaced whole, or is not there yet: what is locked is a file beside it.
 * @throws FleuronError `disk-full`, `file-unwritable`, `folder-unwritable`; `signal.reason` when aborted while it waits.
 */
export async function* lockBeside(
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WarningEvent, AsyncDisposable> {
  const parent = dirname(folder);
  await makeFolder(parent).catch(failedFolder(parent));
  return yield* waiting(() => acquireLock(folder, `${folder}.fleuron-lock`), signal);
}

async function* waiting(
  acquire: () => Promise<AsyncDisposable>,
  signal: AbortSignal | undefined,
): AsyncGenerator<WarningEvent, AsyncDisposable> {
  for (let warned = false; ; warned = true) {
    signal?.throwIfAborted();
    try {
      return await acquire();
    } catch (error) {
      if (!(error instanceof FleuronError) || error.code !== "run-in-use") throw error;
      if (!warned) yield warning("folder-busy", `Waiting: ${[error.message, error.hint].join(" ")}`);
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}
