/** The files of a page that runs ONNX: a bundle, and beside it the one .wasm that it asks for. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { RunOnnxRequest } from "./browser/run-onnx.js";

type Provider = RunOnnxRequest["executionProvider"];
type PageFiles = Readonly<Record<`/${string}`, Uint8Array | string>>;

const WASM_FILES = {
  wasm: "ort-wasm-simd-threaded.wasm",
  webgpu: "ort-wasm-simd-threaded.asyncify.wasm",
} as const satisfies Record<Provider, string>;

export async function onnxPage(provider: Provider): Promise<PageFiles> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`browser/${provider}.ts`, import.meta.url))],
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  const wasmFile = WASM_FILES[provider];
  const wasm = createRequire(import.meta.url).resolve(`onnxruntime-web/${wasmFile}`);
  return {
    "/index.html":
      '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
    "/page.js": outputFiles[0]!.contents,
    [`/${wasmFile}`]: await readFile(wasm),
  };
}
