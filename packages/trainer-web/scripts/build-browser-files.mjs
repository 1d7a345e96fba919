// Writes the files that pages load as they are: the worker that trains, with onnxruntime's WASM and what reads ONNX files beside
// it, and the page's own code as one module for pages without a bundler.
import { copyFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { pageScript, workerScript } from "../../../scripts/browser-script.mjs";

const inPackage = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { version } = JSON.parse(await readFile(inPackage("package.json"), "utf8"));
const wasm = "ort-wasm-simd-threaded.wasm";
const define = { FLEURON_VERSION: JSON.stringify(version) };

await copyFile(createRequire(import.meta.url).resolve(`onnxruntime-web/${wasm}`), inPackage(`dist/${wasm}`));
await build({
  ...workerScript,
  define: { ...workerScript.define, ...define },
  entryPoints: [inPackage("src/worker/entry.ts")],
  outfile: inPackage("dist/fleuron-trainer.js"),
});
await build({
  ...pageScript,
  define,
  entryPoints: [inPackage("src/importer/entry.ts")],
  outfile: inPackage("dist/fleuron-importer.js"),
});
await build({
  ...pageScript,
  define,
  entryPoints: [inPackage("src/index.ts")],
  outfile: inPackage("dist/fleuron-trainer-page.js"),
});
