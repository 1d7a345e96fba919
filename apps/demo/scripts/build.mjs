// Writes the page into dist: a folder that any static host serves as it is. `bundle/` beside it is the model's place.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { drawIcons } from "./draw-icons.mjs";
import { drawSamples } from "./draw-samples.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist");
await rm(out, { recursive: true, force: true });
await mkdir(out);

const options = {
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  logLevel: "warning",
  outdir: out,
};

const samples = await drawSamples(join(out, "samples"));
await drawIcons(join(root, "public/icon.svg"), out);
await build({
  ...options,
  entryPoints: ["main.ts", "learn.ts", "photos/pixels-worker.ts", "styles/main.css", "styles/learn.css"].map(
    (path) => join(root, "src", path),
  ),
  entryNames: "[name]",
  sourcemap: true,
  define: { SAMPLES: JSON.stringify(samples) },
});
await copyAll(join(root, "public"), () => true);
await copyAll(folderOf("@fleuron/runtime-web"), (name) => /^(fleuron-\w+\.js|ort-wasm.*\.wasm)$/.test(name));
await copyAll(folderOf("@fleuron/trainer-web"), (name) => /^fleuron-(trainer|importer)\.js$/.test(name));

const FILES = await pageFiles();
await build({
  ...options,
  format: "iife",
  entryPoints: [join(root, "src/service-worker/service-worker.ts")],
  define: { FILES: JSON.stringify(FILES), VERSION: JSON.stringify(await hashOf(FILES)) },
});

function folderOf(library) {
  return dirname(fileURLToPath(import.meta.resolve(library)));
}

async function copyAll(folder, wanted) {
  for (const name of await readdir(folder)) {
    if (wanted(name)) await copyFile(join(folder, name), join(out, name));
  }
}

/**
 * What the service worker keeps: all but the .wasm files, of which a visit needs one and runtime-web keeps it, and but
 * the page that learns, for which who only classifies photos pays nothing.
 */
async function pageFiles() {
  const entries = await readdir(out, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter(
      (entry) => entry.isFile() && !/\.(wasm|map)$|^learn\.|^fleuron-(trainer|importer)\./.test(entry.name),
    )
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(out.length + 1)
        .replaceAll("\\", "/"),
    );
  return ["./", ...paths.sort()];
}

async function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths.slice(1)) hash.update(path).update(await readFile(join(out, path)));
  return hash.digest("hex").slice(0, 16);
}
