// What does each storage precision cost? Full-width AlexNet of five classes, one photo at a time, on Node's CPU and in WASM.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { onnxFormat } from "@fleuron/export";
import { networkOf } from "@fleuron/graph";
import { loadAverage } from "../compare/machine.js";
import { drawnModel } from "../drawn-model.js";
import { temporaryFolder } from "../temporary-folder.js";
import { type Contender, measureAll, type SessionOptions } from "./contenders.js";
import type { InferenceOptions } from "./options.js";
import { printResults, progressLine } from "./print.js";

export async function comparePrecisions({ steps, threads, json }: InferenceOptions): Promise<void> {
  const loadBefore = loadAverage();
  const onProgress = progressLine();
  await using temporary = await temporaryFolder("inference");
  const places: readonly Pick<SessionOptions, "place" | "threads">[] = [
    { place: "cpu", threads },
    ...[...new Set([threads, 1])].map((count) => ({ place: "wasm" as const, threads: count })),
  ];
  const models = await writeModels(temporary.folder);
  const contenders = places.flatMap((place) =>
    models.map(({ session, ...model }): Contender => ({ ...model, session: { ...session, ...place } })),
  );
  const results = await measureAll(contenders, { steps, onProgress });
  onProgress?.("");
  printResults(results, { json, steps, loadBefore });
  if (results.some((result) => "failed" in result)) process.exitCode = 1;
}

async function writeModels(folder: string) {
  const model = drawnModel();
  const network = networkOf(model.network);
  const { channels, height, width } = network.input;
  const written = [];
  for (const precision of onnxFormat.precisions) {
    const { files, input } = await onnxFormat.encode(model, precision);
    for (const { path, parts } of files) await writeFile(join(folder, path), parts);
    written.push({
      model: precision,
      bytes: files.flatMap(({ parts }) => parts).reduce((sum, { byteLength }) => sum + byteLength, 0),
      session: {
        files: files.map(({ path }) => join(folder, path)),
        input: [input.name, 1, channels, height, width] as [string, ...number[]],
      },
    });
  }
  return written;
}
