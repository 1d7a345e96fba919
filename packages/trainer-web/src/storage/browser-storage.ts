// The browser's own files of this origin (OPFS): nobody but the page sees them.
import { trainerWebError } from "../errors.js";
import { memoryStorage } from "./memory-storage.js";
import type { RunStorage } from "./run-storage.js";

const ROOM = "fleuron-runs";

/** The folder of a run; in memory, where the browser has no storage. */
export async function openStorage(run: string): Promise<RunStorage> {
  try {
    const root = await navigator.storage.getDirectory();
    const room = await root.getDirectoryHandle(ROOM, { create: true });
    return inFolder(await room.getDirectoryHandle(run, { create: true }));
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return memoryStorage();
    throw error;
  }
}

/** The names of the runs that are saved. */
export async function savedRuns(): Promise<readonly string[]> {
  try {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for await (const name of (await root.getDirectoryHandle(ROOM)).keys()) names.push(name);
    return names.sort();
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return [];
    throw error;
  }
}

/** Deletes a saved run, if there is one. */
export async function deleteRun(run: string): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await (await root.getDirectoryHandle(ROOM)).removeEntry(run, { recursive: true });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
  }
}

function inFolder(folder: FileSystemDirectoryHandle): RunStorage {
  return {
    outlives: true,
    async read(name) {
      try {
        return await (await folder.getFileHandle(name)).getFile();
      } catch (error) {
        if (error instanceof DOMException && error.name === "NotFoundError") return undefined;
        throw error;
      }
    },
    async replace(name, write) {
      const file = await folder.getFileHandle(name, { create: true });
      // The old file stays until this is closed.
      const writable = await file.createWritable();
      try {
        await write((data, position) => writable.write({ type: "write", position, data }));
        await writable.close();
      } catch (error) {
        await writable.abort().catch(() => undefined);
        throw isFull(error) ? storageFull(name, error) : error;
      }
    },
    async clear() {
      for await (const name of folder.keys()) await folder.removeEntry(name);
    },
  };
}

const isFull = (error: unknown) => error instanceof DOMException && error.name === "QuotaExceededError";

const storageFull = (name: string, cause: unknown) =>
  trainerWebError("storage-full", `There is no room in the browser's storage for ${name}.`, {
    subject: name,
    hint: "Delete other saved runs (`deleteRun`), or free space on the disk; what was saved before is whole.",
    cause,
  });
