// The browser's own files of this origin (OPFS): nobody but the page sees them.
import type { FleuronError } from "@fleuron/model";
import { trainerWebError } from "../errors.js";
import { memoryStorage } from "./memory-storage.js";
import type { RunStorage } from "./run-storage.js";

const ROOM = "fleuron-runs";

/** Safari before 26 has the folders, and writes no files of them. */
const canWrite = (): boolean =>
  typeof FileSystemFileHandle !== "undefined" && "createWritable" in FileSystemFileHandle.prototype;

/** The folder of all runs; undefined where the browser has no storage, or none without `create`. */
async function openRoom(create: boolean): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOM, { create });
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * A run's folder, which may be new; in memory, where the browser has no storage, or no room in it, which `onFull` hears of.
 * @throws FleuronError "run-name-invalid".
 */
export async function createStorage(run: string, onFull: (error: FleuronError) => void): Promise<RunStorage> {
  const room = canWrite() ? await openRoom(true) : undefined;
  if (room === undefined) return memoryStorage();
  try {
    return inFolder(await room.getDirectoryHandle(run, { create: true }));
  } catch (cause) {
    if (isFull(cause)) {
      onFull(storageFull(`the run '${run}'`, cause));
      return memoryStorage();
    }
    if (!(cause instanceof TypeError)) throw cause;
    throw trainerWebError("run-name-invalid", `'${run}' cannot be the name of a run.`, {
      subject: "run",
      hint: "Give it a name without slashes.",
      cause,
    });
  }
}

/** The folder of a saved run. @throws FleuronError "run-missing". */
export async function findStorage(run: string): Promise<RunStorage> {
  try {
    const folder = await (await openRoom(false))?.getDirectoryHandle(run);
    if (folder) return inFolder(folder);
  } catch (error) {
    if (!(error instanceof TypeError || isMissing(error))) throw error;
  }
  throw trainerWebError("run-missing", `No run '${run}' is saved here.`, {
    subject: "run",
    hint: "`savedRuns` lists those that are.",
  });
}

/** The files of each saved run. */
export async function* runFolders(): AsyncGenerator<{
  readonly run: string;
  readonly files: readonly File[];
}> {
  const room = await openRoom(false);
  if (room === undefined) return;
  for await (const [run, folder] of room.entries()) {
    if (!(folder instanceof FileSystemDirectoryHandle)) continue;
    const files: File[] = [];
    for await (const handle of folder.values()) {
      // Another tab may be deleting it.
      const file = handle instanceof FileSystemFileHandle && (await unlessMissing(() => handle.getFile()));
      if (file) files.push(file);
    }
    yield { run, files };
  }
}

/** Removes a run's folder, if there is one. */
export async function removeStorage(run: string): Promise<void> {
  try {
    await (await openRoom(false))?.removeEntry(run, { recursive: true });
  } catch (error) {
    if (!(error instanceof TypeError || isMissing(error))) throw error;
  }
}

function inFolder(folder: FileSystemDirectoryHandle): RunStorage {
  return {
    outlives: true,
    async read(name) {
      return unlessMissing(async () => (await folder.getFileHandle(name)).getFile());
    },
    async replace(name, write) {
      let writable: FileSystemWritableFileStream | undefined;
      try {
        const file = await folder.getFileHandle(name, { create: true });
        // The old file stays until this is closed.
        const opened = await file.createWritable();
        writable = opened;
        await write((data, position) => opened.write({ type: "write", position, data }));
        await opened.close();
      } catch (error) {
        await writable?.abort().catch(() => undefined);
        throw isFull(error) ? storageFull(name, error) : error;
      }
    },
    async clear() {
      for await (const name of folder.keys()) await folder.removeEntry(name);
    },
  };
}

const unlessMissing = (open: () => Promise<File>): Promise<File | undefined> =>
  open().catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

const isMissing = (error: unknown) => error instanceof DOMException && error.name === "NotFoundError";
const isFull = (error: unknown) => error instanceof DOMException && error.name === "QuotaExceededError";

const storageFull = (name: string, cause: unknown) =>
  trainerWebError("storage-full", `There is no room in the browser's storage for ${name}.`, {
    subject: name,
    hint: "Delete other saved runs (`deleteRun`), or free space on the disk; what was saved before is whole.",
    cause,
  });
