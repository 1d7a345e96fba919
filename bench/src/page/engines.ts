// What must a page fetch before it names its first photo, and how long does that take, with kernels of our own and with each
// provider of onnxruntime? A page of nothing but @fleuron/runtime-web, from a server on this machine.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { launchChromium } from "@fleuron/chromium";
import type { ExecutionProvider } from "@fleuron/runtime-web";
import { startStaticServer } from "@fleuron/testing";
import type { Browser } from "playwright-core";
import { copyFiles } from "../copy-files.js";
import { writeDrawnBundle } from "../drawn-bundle.js";
import { median } from "../statistics.js";

export const engines = ["kernels", "webgpu", "wasm"] as const satisfies readonly ExecutionProvider[];

/** A first visit with empty caches; bytes are those on the wire, with brotli. */
export interface EngineVisit {
  /** Scripts of the library, and onnxruntime's WASM. */
  readonly engineBytes: number;
  /** The manifest and one model. */
  readonly modelBytes: number;
  /** Milliseconds from the navigation on. */
  readonly firstPredictionMs: number;
}

export type EngineResults = Readonly<Record<(typeof engines)[number], EngineVisit>>;

/** Milliseconds; onnxruntime compiles for minutes where a processor plays the GPU. */
const PATIENCE = 600_000;

const PAGE = `<!doctype html><link rel="icon" href="data:,"><script type="module">
import { loadClassifier } from "./fleuron.js";
const provider = new URLSearchParams(location.search).get("provider");
const classifier = await loadClassifier("bundle/", { executionProviders: [provider], stepTimeout: 600_000 });
await classifier.classify(new ImageData(500, 333));
window.firstPrediction = performance.now();
</script>`;

export interface EnginesOptions {
  readonly visits: number;
  /** A bundle of one ONNX model. Default: AlexNet of five classes and a quarter of its width in int4, drawn: some 2 MB. */
  readonly bundle: string | undefined;
}

/** The medians of `visits` visits with each engine, in turns. */
export async function measureEngines(
  { visits, bundle }: EnginesOptions,
  onProgress: (what: string) => void = () => undefined,
): Promise<EngineResults> {
  onProgress("writing the bundle");
  await using site = await buildSite(bundle);
  await using server = await startStaticServer({ files: site.folder, crossOriginIsolated: true });
  await using browser = await launchChromium();
  const measured = { kernels: [], webgpu: [], wasm: [] } as Record<(typeof engines)[number], EngineVisit[]>;
  const wireBytes = compressedSizes(site.folder);
  for (let number = 1; number <= visits; number++) {
    for (const engine of engines) {
      onProgress(`visit ${number} of ${visits}: ${engine}`);
      const before = server.requests.length;
      const firstPredictionMs = await visit(browser, `${server.url}/?provider=${engine}`);
      let [engineBytes, modelBytes] = [0, 0];
      for (const path of new Set(server.requests.slice(before))) {
        if (path.startsWith("/bundle/")) modelBytes += await wireBytes(path);
        else if (/\.(js|wasm)$/.test(path)) engineBytes += await wireBytes(path);
      }
      measured[engine].push({ engineBytes, modelBytes, firstPredictionMs });
    }
  }
  return {
    kernels: medians(measured.kernels),
    webgpu: medians(measured.webgpu),
    wasm: medians(measured.wasm),
  };
}

async function buildSite(bundle: string | undefined): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-engines-"));
  await copyFiles(
    dirname(fileURLToPath(import.meta.resolve("@fleuron/runtime-web"))),
    folder,
    /^fleuron.*\.js$|\.wasm$/,
  );
  await writeFile(join(folder, "index.html"), PAGE);
  const place = join(folder, "bundle");
  if (bundle) await cp(bundle, place, { recursive: true });
  else await writeDrawnBundle({ folder: place, format: "onnx", precisions: ["int4"], width: 0.25 });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function visit(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const failed = new Promise<never>((_, reject) => page.once("pageerror", reject));
    await page.goto(url);
    const named = page.waitForFunction(
      () => (window as unknown as { firstPrediction?: number }).firstPrediction,
      undefined,
      { timeout: PATIENCE },
    );
    return (await (await Promise.race([named, failed])).jsonValue()) as number;
  } finally {
    await context.close();
  }
}

/** The size of a file behind a path once it is compressed, each compressed once. */
function compressedSizes(folder: string): (path: string) => Promise<number> {
  const known = new Map<string, Promise<number>>();
  const compress = async (path: string) =>
    (await promisify(brotliCompress)(await readFile(join(folder, path)))).length;
  return (path) => {
    const size = known.get(path) ?? compress(path);
    known.set(path, size);
    return size;
  };
}

const medians = (visits: readonly EngineVisit[]): EngineVisit => ({
  engineBytes: median(visits.map((each) => each.engineBytes)),
  modelBytes: median(visits.map((each) => each.modelBytes)),
  firstPredictionMs: median(visits.map((each) => each.firstPredictionMs)),
});
