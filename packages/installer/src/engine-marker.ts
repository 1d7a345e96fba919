/** `fleuron-engine.json` in an engine's folder: what is installed there. */

import { promises as fs } from "node:fs";
import { replaceTextFile } from "@fleuron/files";
import { parseJson } from "@fleuron/model";
import * as v from "valibot";

const markerSchema = v.object({
  formatVersion: v.literal(1),
  engine: v.string(),
  installed: v.string(),
  /** The versions of what computes, by name. */
  versions: v.record(v.string(), v.string()),
  /** Where it came from. */
  source: v.string(),
  /** The files of its library, by their names. */
  libraries: v.record(v.string(), v.object({ bytes: v.number(), sha256: v.string() })),
  /** The parts of CUDA by name: each part's version, null where it came along with the library, and the lengths of its files. */
  cuda: v.optional(
    v.record(
      v.string(),
      v.object({ version: v.nullable(v.string()), files: v.record(v.string(), v.number()) }),
    ),
    {},
  ),
  /** What its first training step ran on. */
  triedOn: v.optional(v.picklist(["processor", "gpu"]), "processor"),
  /** A training step on the GPU beside one of onnx-cpu's, in milliseconds; absent where none was timed. */
  measured: v.optional(v.object({ device: v.string(), step: v.number(), onnxCpuStep: v.number() })),
});

export type EngineMarker = v.InferOutput<typeof markerSchema>;

/** What an engine's installer says of what it made. */
export type EngineContents = Omit<EngineMarker, "formatVersion" | "engine" | "installed">;

export const writeEngineMarker = (file: string, marker: EngineMarker): Promise<void> =>
  replaceTextFile(file, `${JSON.stringify(marker, null, 2)}\n`);

/** `undefined` when there is none that can be read. */
export async function readEngineMarker(file: string): Promise<EngineMarker | undefined> {
  const parsed = parseJson(markerSchema, await fs.readFile(file, "utf8").catch(() => ""));
  return "value" in parsed ? parsed.value : undefined;
}
