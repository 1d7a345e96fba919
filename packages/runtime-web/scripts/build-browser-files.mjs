// Writes the files that pages load as they are, whatever bundler they use: a script for each build of onnxruntime-web
// with its .wasm beside it, one without it, and the page's own code as one module for pages without a bundler.
import { createHash } from "node:crypto";
import { copyFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { CHUNK_BYTES } from "@fleuron/model";
import { build } from "esbuild";
import { pageScript, workerScript } from "../../../scripts/browser-script.mjs";

const inPackage = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const builds = { wasm: "ort-wasm-simd-threaded.wasm", webgpu: "ort-wasm-simd-threaded.asyncify.wasm" };

for (const [name, wasm] of Object.entries(builds)) {
  const path = createRequire(import.meta.url).resolve(`onnxruntime-web/${wasm}`);
  await copyFile(path, inPackage(`dist/${wasm}`));
  await build({
    ...workerScript,
    entryPoints: [inPackage(`src/worker/entry-${name}.ts`)],
    outfile: inPackage(`dist/fleuron-${name}.js`),
    define: { ...workerScript.define, WASM_FILE: JSON.stringify(bundleFile(wasm, await readFile(path))) },
  });
}
await build({
  ...workerScript,
  entryPoints: [inPackage("src/worker/entry-kernels.ts")],
  outfile: inPackage("dist/fleuron-kernels.js"),
});
await build({
  ...pageScript,
  entryPoints: [inPackage("src/index.ts")],
  outfile: inPackage("dist/fleuron.js"),
});

/** As bundles describe their files: the .wasm is downloaded and checked like one of them. */
function bundleFile(path, contents) {
  const chunks = [];
  for (let at = 0; at < contents.length; at += CHUNK_BYTES) {
    chunks.push(
      createHash("sha256")
        .update(contents.subarray(at, at + CHUNK_BYTES))
        .digest("hex"),
    );
  }
  return { path, bytes: contents.length, chunks };
}
