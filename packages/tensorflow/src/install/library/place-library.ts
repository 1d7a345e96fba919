// Brings libtensorflow, in whichever form it was given, to its place in an installation.
import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { EngineMarker } from "@fleuron/installer";
import type { WorkEvent } from "@fleuron/model";
import type { Installation } from "../installation.js";
import { requireMachineCode } from "../machine-code.js";
import { libraryUnfit, unpackLibraries } from "./unpack-libraries.js";

/**
 * @returns Length and hash of each library.
 * @throws FleuronError "library-unfit" when `file` does not exist, is damaged, or has no libtensorflow for this
 * processor in it; `disk-full`, `folder-unwritable`; `signal.reason`.
 */
export async function* placeLibrary(
  file: string,
  { npmPackage, include, libraries }: Installation,
  signal: AbortSignal | undefined,
): AsyncGenerator<WorkEvent, EngineMarker["libraries"]> {
  yield* unpackLibraries(file, path.join(npmPackage, "deps"), signal);
  const names = (await fs.readdir(libraries).catch(() => [])).filter((name) => name.endsWith(".so.2")).sort();
  const unfit = (what: string, cause?: unknown) => libraryUnfit(file, what, cause);
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
