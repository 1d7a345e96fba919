// Brings CUDA's libraries to where libtensorflow looks for them.
import { promises as fs } from "node:fs";
import path from "node:path";
import type { EngineMarker } from "@fleuron/installer";
import { fetchWheel } from "@fleuron/installer";
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
    const given = await filesOf(folder);
    if (given === undefined) {
      yield* unpackLibraries(yield* fetchWheel(wheel, downloads, signal), path.dirname(cuda), signal);
    }
    const version = given === undefined ? wheel.version : null;
    parts[part] = { version, files: given ?? (await filesOf(folder)) ?? {} };
  }
  return parts;
}

/** Lengths by the path below `folder`; undefined where there is no such folder. */
async function filesOf(folder: string): Promise<{ [file: string]: number } | undefined> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return undefined;
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const lengths = files
    .sort()
    .map(async (file) => [path.relative(folder, file), (await fs.stat(file)).size] as const);
  return Object.fromEntries(await Promise.all(lengths));
}
