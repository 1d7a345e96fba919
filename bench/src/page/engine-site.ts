// A site of nothing but @fleuron/runtime-web and the bundles that it loads, compressed as a static host would keep it.
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { type BundlePrecision, contentCodings, MANIFEST_FILE, parseManifest } from "@fleuron/model";
import type { ExecutionProvider } from "@fleuron/runtime-web";
import { copyFiles } from "../copy-files.js";
import { writeDrawnBundle } from "../drawn-bundle.js";
import { temporaryFolder } from "../temporary-folder.js";

/** A bundle's file, and where the site has the bundle. */
export interface SiteModel {
  /** What the bundle is called where it comes from. */
  readonly bundle: string;
  readonly precision: BundlePrecision;
  /** Relative to the site, with a slash at the end. */
  readonly place: string;
}

export interface EngineSite extends AsyncDisposable {
  readonly folder: string;
  /** Each ONNX model of each bundle. */
  readonly models: readonly SiteModel[];
}

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
import { loadClassifier } from "./fleuron.js";
const { bundle, provider, precision, threads, runs } = Object.fromEntries(new URLSearchParams(location.search));
const photo = new ImageData(500, 333);
// A picture with edges and colours, the same each time.
for (let at = 0; at < photo.data.length; at++)
  photo.data[at] = at % 4 === 3 ? 255 : ((at >> 7) * 2654435761 >>> 16 ^ at * 40503) & 255;
const classifier = await loadClassifier(bundle, {
  executionProviders: [provider],
  precision,
  ...(threads && { threads: Number(threads) }),
  stepTimeout: 600_000,
});
const { predictions } = await classifier.classify(photo);
const firstPredictionMs = performance.now();
const runMs = [];
for (let run = 0; run < Number(runs); run++) runMs.push((await classifier.classify(photo)).timings.run);
window.visited = { firstPredictionMs, runMs, predictions };
</script>`;

/** @param bundles their folders, from where the command was typed. Without any: AlexNet of five classes and a quarter of its width, compact, drawn. */
export async function buildSite(
  bundles: readonly string[],
  providers: readonly ExecutionProvider[],
): Promise<EngineSite> {
  const site = await temporaryFolder("engines");
  const { folder } = site;
  try {
    await copyFiles(
      dirname(fileURLToPath(import.meta.resolve("@fleuron/runtime-web"))),
      folder,
      // Compressing the larger WASM takes a minute.
      providers.includes("webgpu") ? /^fleuron.*\.js$|\.wasm$/ : /^fleuron.*\.js$|threaded\.wasm$/,
    );
    await writeFile(join(folder, "index.html"), PAGE);
    await Promise.all((await readdir(folder)).map((name) => compress(join(folder, name))));
    const models: SiteModel[] = [];
    for (const [index, bundle] of (bundles.length > 0 ? bundles : [undefined]).entries()) {
      const place = `bundle-${index + 1}/`;
      const copy = join(folder, place);
      if (bundle === undefined)
        await writeDrawnBundle({ folder: copy, format: "onnx", precisions: ["compact"], width: 0.25 });
      else await cp(resolve(process.env.INIT_CWD ?? ".", bundle), copy, { recursive: true });
      const file = join(copy, MANIFEST_FILE);
      const manifest = parseManifest(await readFile(file, "utf8"), file);
      await compress(file);
      for (const { format, precision } of manifest.models)
        if (format === "onnx") models.push({ bundle: bundle ?? "drawn", precision, place });
    }
    return { ...site, models };
  } catch (error) {
    await site[Symbol.asyncDispose]();
    throw error;
  }
}

/** As static hosts keep scripts and WASM; of a model's files a bundle says itself in which forms it lies. */
async function compress(file: string): Promise<void> {
  await writeFile(file + contentCodings.br, await promisify(brotliCompress)(await readFile(file)));
}
