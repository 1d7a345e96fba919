// What a page pays for this package beyond onnxruntime-web. The numbers move when someone decides that they should.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";
import { describe, expect, it } from "vitest";
import { distFile } from "./fixtures/site.js";

const KB = 1024;
const folder = fileURLToPath(new URL(".", import.meta.url));
const wasmFile = { path: "ort.wasm", bytes: 14_239_897, chunks: ["a", "b", "c", "d"] };

async function brotliBytes(options: BuildOptions): Promise<number> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    charset: "utf8",
    write: false,
    absWorkingDir: folder,
    define: { WASM_FILE: JSON.stringify(wasmFile) },
  });
  return brotliCompressSync(outputFiles![0]!.contents).length;
}

const entry = (path: string): BuildOptions => ({ entryPoints: [path] });

describe.each(["wasm", "webgpu"] as const)("with the build for %s", (name) => {
  // 0.8 KB of them are for networks that were imported: inputs of two sides, borders, blue first, also where they learn on. 1.8 KB see to it that a
  // model is the one that its bundle's manifest describes, and 2 KB read what a photo's file says, so that no browser does
  // it in its own way.
  // Files that the page has itself are 0.1 KB of them, 0.5 KB let kernels go before onnxruntime, and 0.4 KB are for models of bytes, compressed files and
  // the threshold of none of these.
  it("page and worker together take at most 19.5 KB more than onnxruntime-web alone", async () => {
    const alone = `export { env, InferenceSession, Tensor } from "onnxruntime-web/${name}"`;
    const [page, worker, onnxruntime] = await Promise.all([
      brotliBytes(entry("index.ts")),
      brotliBytes(entry(`worker/entry-${name}.ts`)),
      brotliBytes({ stdin: { contents: alone, resolveDir: folder } }),
    ]);
    expect(page + worker - onnxruntime).toBeLessThanOrEqual(19.5 * KB);
    expect(page).toBeLessThanOrEqual(4.125 * KB);
  });
});

it("what a page loads where kernels compute is at most 120 kB", async () => {
  const scripts = await Promise.all(["fleuron.js", "fleuron-kernels.js"].map(distFile));
  expect(scripts.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(120_000);
});

it.each([
  ["fleuron-kernels.js", "kB", 1],
  ["fleuron-wasm.js", "kB", 1],
  ["fleuron-webgpu.js", "kB", 1],
  ["ort-wasm-simd-threaded.wasm", "MB", 0.1],
  ["ort-wasm-simd-threaded.asyncify.wasm", "MB", 0.1],
])("the readme knows how large %s is", async (name, unit, tolerance) => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const line = readme.split("\n").find((line) => /^\| (on|by) /.test(line) && line.includes(`\`${name}\``))!;
  const [size, brotli] = line.split("|").slice(2) as [string, string];
  const file = await distFile(name);
  const expectStated = (cell: string, bytes: number) => {
    expect(cell).toContain(unit);
    const exact = bytes / (unit === "kB" ? 1e3 : 1e6);
    expect(Math.abs(Number.parseFloat(cell) - exact)).toBeLessThan(tolerance);
  };
  expectStated(size, file.length);
  // The .wasm files would take a minute.
  if (unit === "kB") expectStated(brotli, brotliCompressSync(file).length);
});
