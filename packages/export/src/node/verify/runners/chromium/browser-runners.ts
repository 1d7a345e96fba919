// ONNX models in a real Chromium, on WebAssembly and on WebGPU.
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import {
  type BundleModel,
  checkSignature,
  folderOf,
  modelInput,
  type ProgressEvent,
  type WarningEvent,
} from "@fleuron/model";
import type { Bundle } from "@fleuron/runtime-node";
import type { ModelRunner, RunnableModel } from "../runner.js";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
import type { BrowserProvider, VerificationPage } from "./page.js";

/** The page's, where these functions run. */
declare const window: { readonly verification: VerificationPage };

type Browser = Awaited<ReturnType<typeof launchChromium>>;

export interface BrowserRunners extends AsyncDisposable {
  readonly runners: readonly ModelRunner[];
}

/** A processor that pretends to be a GPU takes seconds for a photo. */
const PHOTOS = { wasm: 64, webgpu: 64, software: 2 } as const;

const SCRIPTS = { wasm: "/ort/ort.wasm.bundle.min.mjs", webgpu: "/ort/ort.webgpu.bundle.min.mjs" } as const;

/** @throws FleuronError of `@fleuron/chromium`. */
export async function* openBrowserRunners(
  bundle: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressEvent | WarningEvent, BrowserRunners> {
  yield { type: "progress", task: "starting Chromium", completed: 0, total: 1, unit: "browser" };
  const ort = dirname(createRequire(import.meta.url).resolve("onnxruntime-web"));
  const page = fileURLToPath(new URL(".", import.meta.url));
  const server = await startLoopbackServer({ bundle, ort, page });
  let browser: Browser | undefined;
  let isGiven = false;
  const close = async () => {
    await browser?.close();
    await server[Symbol.asyncDispose]();
  };
  try {
    const launched = await launchChromium(signal ? { signal } : {});
    browser = launched;
    const runner = (provider: BrowserProvider, maxPhotos: number): ModelRunner => ({
      name: `chromium-${provider}`,
      format: "onnx",
      maxPhotos,
      open: (bundle, model) => openModel(launched, server, { bundle, model, provider }),
    });
    const runners = [runner("wasm", PHOTOS.wasm)];
    const adapter = await adapterOf(launched, server.url);
    if (adapter) runners.push(runner("webgpu", adapter.software ? PHOTOS.software : PHOTOS.webgpu));
    else
      yield {
        type: "warning",
        code: "webgpu-missing",
        message: "This Chromium has no WebGPU: not verified on it.",
      };
    isGiven = true;
    return { runners, [Symbol.asyncDispose]: close };
  } finally {
    if (!isGiven) await close();
  }
}

async function adapterOf(browser: Browser, url: string) {
  const page = await browser.newPage();
  await page.goto(url);
  const adapter = await page.evaluate(() => window.verification.adapter());
  await page.close();
  return adapter;
}

interface OpenOptions {
  readonly bundle: Bundle;
  readonly model: BundleModel;
  readonly provider: BrowserProvider;
}

async function openModel(
  browser: Browser,
  server: LoopbackServer,
  { bundle: { folder, manifest }, model, provider }: OpenOptions,
): Promise<RunnableModel> {
  const main = model.files[0]!;
  const { input, output } = model;
  const page = await browser.newPage();
  await page.goto(server.url);
  const signature = await page.evaluate((request) => window.verification.open(request), {
    script: SCRIPTS[provider],
    model: `/bundle/${main.path}`,
    externalData: model.files.slice(1).map(({ path }) => ({
      path: path.slice(folderOf(main).length),
      url: `/bundle/${path}`,
    })),
    provider,
    threads: availableParallelism(),
  });
  checkSignature(signature, { manifest, model, subject: join(folder, main.path) });
  return {
    async run(images) {
      const { type, data, dims } = modelInput(images, model, manifest.preprocessing);
      server.setInput(data);
      const request = { input: input.name, output: output.name, type, shape: dims };
      const { probabilities, milliseconds } = await page.evaluate(
        (wanted) => window.verification.run(wanted),
        request,
      );
      return { probabilities: new Float32Array(probabilities), milliseconds };
    },
    [Symbol.asyncDispose]: () => page.close(),
  };
}
