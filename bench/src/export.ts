// `pnpm bench export`: how long does writing a bundle of full-width AlexNet take, and how much memory?

import { availableParallelism } from "node:os";
import { megabytes } from "@fleuron/model";
import { alignColumns } from "./align-columns.js";
import { commandLine } from "./arguments.js";
import { describeMachine, loadAverage } from "./compare/machine.js";
import type { ExportMeasure, ExportOptions } from "./export-bundle.js";
import { inProcess } from "./in-process.js";

const cases: readonly ExportOptions[] = [
  { format: "onnx", precisions: ["float32"] },
  { format: "onnx", precisions: ["float16"] },
  { format: "onnx", precisions: ["int8"] },
  { format: "onnx", precisions: ["int4"] },
  { format: "all", precisions: ["float32", "float16", "int8", "int4"] },
];

const { json } = commandLine({ json: { type: "boolean", default: false } });
const loadBefore = loadAverage();
const results = [];
for (const options of cases) {
  results.push({ ...options, ...(await inProcess<ExportMeasure>("export-bundle", options)) });
}
const machine = describeMachine();
if (json) process.stdout.write(`${JSON.stringify({ machine, loadAverage: loadBefore, results })}\n`);
else {
  const rows = results.map(({ format, precisions, ms, bytes, peakRssBytes, weightsRssBytes }) => [
    `${format} ${precisions.join(",")}`,
    `${(ms / 1000).toFixed(2)} s`,
    megabytes(bytes),
    megabytes(peakRssBytes),
    megabytes(weightsRssBytes),
  ]);
  const headings = ["what", "time", "written", "peak memory", "of it before"];
  process.stdout.write(
    `${alignColumns([headings, ...rows], (column) => column >= 1).join("\n")}\n\n${machine.cpu}, ${availableParallelism()} cores; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}
