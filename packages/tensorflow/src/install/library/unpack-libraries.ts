// Unpacks libraries, in whichever form they were given, to their places in an installation.
import { promises as fs } from "node:fs";
import path from "node:path";
import { folderFailure, isDiskFull, systemCode } from "@fleuron/files";
import { installError } from "@fleuron/installer";
import type { WorkEvent } from "@fleuron/model";
import { FleuronError } from "@fleuron/model";
import { folder } from "./folder.js";
import type { LibrarySource } from "./source.js";
import { tarball } from "./tarball.js";
import { wheel } from "./wheel.js";

/** To add a form: a file here and a line below. */
const sources: readonly LibrarySource[] = [wheel, tarball, folder];

/**
 * Writes what is needed of `file` below `deps`.
 *
 * @throws FleuronError "library-unfit" when `file` does not exist or is damaged; `disk-full`, `folder-unwritable`;
 * `signal.reason`.
 */
export async function* unpackLibraries(
  file: string,
  deps: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, void> {
  const found = await fs.stat(file).catch((cause: unknown) => {
    throw libraryUnfit(file, "cannot be opened", cause);
  });
  const source = sources.find((each) => each.recognises(file, found.isDirectory()));
  if (source === undefined) throw libraryUnfit(file, "is neither a wheel, nor a tar archive, nor a folder");
  try {
    yield* source.place(file, deps, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof FleuronError) throw error;
    if (systemCode(error) !== undefined && error instanceof Error && "syscall" in error)
      throw isWithin(file, error) ? libraryUnfit(file, "cannot be read", error) : folderFailure(deps, error);
    const words = error instanceof Error ? error.message : String(error);
    throw libraryUnfit(file, `cannot be unpacked: ${words}`, error);
  }
}

export const libraryUnfit = (file: string, what: string, cause?: unknown) =>
  installError("library-unfit", `${file} ${what}.`, {
    subject: file,
    hint: "Give a wheel of TensorFlow, a C archive of TensorFlow, the folder of either, unpacked, or a folder of wheels.",
    cause,
  });

/** Whether a system's error is about a file, or one below it where it is a folder. */
function isWithin(file: string, error: object): boolean {
  const about = "path" in error ? String(error.path) : "";
  return !isDiskFull(error) && (about === file || about.startsWith(file + path.sep));
}
