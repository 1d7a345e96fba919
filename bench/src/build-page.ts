import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** Writes a page of one script into a folder. */
export async function buildPage(folder: string, entry: string): Promise<void> {
  await writeFile(
    join(folder, "index.html"),
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>',
  );
  await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    splitting: true,
    minify: true,
    outdir: folder,
    logLevel: "error",
  });
}
