// Brings libtensorflow, in whichever form it was given, to its place in an installation.
import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { systemCode } from "@fleuron/files";
import { FleuronError } from "@fleuron/model";
import { writeFailure } from "../../datasets/errors.js";
import type { DatasetEvent } from "../../datasets/events.js";
import type { EngineMarker } from "../engine-marker.js";
import { installError } from "../errors.js";
import type { Installation } from "../installation.js";
import { requireMachineCode } from "../machine-code.js";
import { folder } from "./folder.js";
import type { LibrarySource } from "./source.js";
import { tarball } from "./tarball.js";
import { wheel } from "./wheel.js";

/** To add a form: a file here and a line below. */
const sources: readonly LibrarySource[] = [wheel, tarball, folder];

const HINT = "Give a wheel of TensorFlow, a C archive of TensorFlow, or the folder of either, unpacked.";

/**
 * @returns Length and hash of each library.
 * @throws FleuronError "library-unfit" when `file` does not exist, is damaged, or has no libtensorflow for this
 * processor in it; `disk-full`, `folder-unwritable`; `signal.reason`.
 */
export async function* placeLibrary(
  file: string,
  { npmPackage, include, libraries }: Installation,
  signal: AbortSignal | undefined,
): AsyncGenerator<DatasetEvent, EngineMarker["libraries"]> {
  const unfit = (what: string, cause?: unknown) =>
    installError("library-unfit", `${file} ${what}.`, { subject: file, hint: HINT, cause });
  const found = await fs.stat(file).catch((cause: unknown) => {
    throw unfit("cannot be opened", cause);
  });
  const source = sources.find((each) => each.recognises(file, found.isDirectory()));
  if (source === undefined) throw unfit("is neither a wheel, nor a tar archive, nor a folder");
  const deps = path.join(npmPackage, "deps");
  try {
    yield* source.place(file, deps, signal);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof FleuronError) throw error;
    if (systemCode(error) !== undefined && error instanceof Error && "syscall" in error)
      throw writeFailure(deps, error);
    throw unfit(`cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`, error);
  }

  const names = (await fs.readdir(libraries).catch(() => [])).filter((name) => name.endsWith(".so.2")).sort();
  if (!names.some((name) => /^libtensorflow(_cc)?\.so/.test(name))) throw unfit("has no libtensorflow in it");
  if (!names.includes("libtensorflow_framework.so.2"))
    throw unfit("has no libtensorflow_framework.so.2 in it");
  await fs.access(path.join(include, "tensorflow/c/eager/c_api.h")).catch((cause: unknown) => {
    throw unfit("lacks the headers of TensorFlow's C interface", cause);
  });
  const hashes: EngineMarker["libraries"] = {};
  for (const name of names) {
    const library = path.join(libraries, name);
    await requireMachineCode(library, name);
    const hash = createHash("sha256");
    await pipeline(createReadStream(library), hash);
    hashes[name] = { bytes: (await fs.stat(library)).size, sha256: hash.digest("hex") };
  }
  return hashes;
}
