// Brings CUDA's libraries to where libtensorflow looks for them.
import path from "node:path";
import { type EngineMarker, fetchWheel, fileLengths } from "@fleuron/installer";
import type { WorkEvent } from "@fleuron/model";
import type { InstallableEngine } from "../installable.js";
import type { Installation } from "../installation.js";
import { unpackLibraries } from "./unpack-libraries.js";

/**
 * Fetches and unpacks each part that did not come along with libtensorflow.
 *
 * @returns The files of each part, with their lengths.
 * @throws FleuronError of `fetchWheel` and `unpackLibraries`; `signal.reason`.
 */
export async function* placeCuda(
  engine: Pick<InstallableEngine, "cuda">,
  { cuda }: Installation,
  { downloads, signal }: { readonly downloads: string; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<WorkEvent, EngineMarker["cuda"]> {
  const parts: EngineMarker["cuda"] = {};
  for (const [part, wheel] of Object.entries(engine.cuda)) {
    const folder = path.join(cuda, part);
    const given = await fileLengths(folder);
    if (given === undefined) {
      yield* unpackLibraries(yield* fetchWheel(wheel, downloads, signal), path.dirname(cuda), signal);
    }
    const version = given === undefined ? wheel.version : null;
    parts[part] = { version, files: given ?? (await fileLengths(folder)) ?? {} };
  }
  return parts;
}
