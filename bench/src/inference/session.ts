// One ONNX model in one runtime, in a process of its own: speaks the protocol of ../compare/contender-process.ts.
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import type * as Ort from "onnxruntime-common";
import { peakRssBytes } from "../peak-memory.js";
import type { SessionOptions } from "./contenders.js";

const { files, place, threads, input }: SessionOptions = JSON.parse(process.argv[2]!);
const [name, ...shape] = input;
const runtime: typeof Ort =
  place === "wasm" ? await import("onnxruntime-web") : await import("onnxruntime-node");
if (place === "wasm") runtime.env.wasm.numThreads = threads;

const loadStart = performance.now();
const session = await open();
const loadMs = performance.now() - loadStart;
answer({
  ready: { loadMs, versions: { onnxruntime: runtime.env.versions.common } },
});
for await (const _ of createInterface(process.stdin)) {
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.random() - 0.5);
  const feeds = { [name]: new runtime.Tensor("float32", data, shape) };
  const start = performance.now();
  const outputs = await session.run(feeds);
  const ms = performance.now() - start;
  const result = outputs[session.outputNames[0]!]!.data as Float32Array;
  answer({ step: { ms, loss: result.reduce((sum, value) => sum + value, 0) } });
}
answer({ end: { peakRssBytes: peakRssBytes() } });
// The threads of onnxruntime-web would keep the process.
process.exit();

/** From bytes in memory for WASM, as a browser has them; from the files elsewhere. */
async function open(): Promise<Ort.InferenceSession> {
  const [model = "", ...external] = files;
  if (place !== "wasm") {
    return await runtime.InferenceSession.create(model, { intraOpNumThreads: threads });
  }
  return await runtime.InferenceSession.create(await readFile(model), {
    executionProviders: ["wasm"],
    externalData: await Promise.all(
      external.map(async (path) => ({ path: basename(path), data: await readFile(path) })),
    ),
  });
}

function answer(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
