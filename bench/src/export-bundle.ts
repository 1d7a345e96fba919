// One bundle written, in a process of its own.
import { join } from "node:path";
import { type WriteBundleOptions, writeBundle } from "@fleuron/export/node";
import { type BundlePrecision, modelBytes } from "@fleuron/model";
import { drawnModel } from "./drawn-model.js";
import { givenOptions, report } from "./in-process.js";
import { peakRssBytes } from "./peak-memory.js";
import { temporaryFolder } from "./temporary-folder.js";

export interface ExportOptions {
  readonly format: NonNullable<WriteBundleOptions["format"]>;
  readonly precisions: readonly BundlePrecision[];
}

export interface ExportMeasure {
  readonly ms: number;
  readonly bytes: number;
  readonly peakRssBytes: number;
  /** With the weights in memory, before anything is written. */
  readonly weightsRssBytes: number;
}

const options = givenOptions<ExportOptions>();
await using temporary = await temporaryFolder("export");
const model = drawnModel();
const weightsRssBytes = process.memoryUsage.rss();
const start = performance.now();
const writing = writeBundle({
  ...options,
  model,
  folder: join(temporary.folder, "bundle"),
  training: {
    run: "bench",
    checkpoint: "best",
    network: { name: model.network.name, parameters: 58_307_333 },
    recipe: "modern",
    epochs: 0,
    dataset: { name: "procedural", trainCount: 0, valCount: 0 },
    valAccuracy: null,
    trained: new Date(0).toISOString(),
  },
});
let next = await writing.next();
while (!next.done) next = await writing.next();
report({
  ms: performance.now() - start,
  bytes: next.value.written.reduce((sum, entry) => sum + modelBytes(entry), 0),
  peakRssBytes: peakRssBytes(),
  weightsRssBytes,
} satisfies ExportMeasure);
