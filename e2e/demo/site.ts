// What `fleuron demo --out` writes, served from a subfolder of a host, with a browser: for all that needs no network that
// has learnt anything. Its five flowers are named by weights that were drawn from a seed, the same on every machine.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LaunchChromiumOptions, launchChromium } from "@fleuron/chromium";
import { writeBundle } from "@fleuron/export/node";
import { alexnet, notebookPreprocessing } from "@fleuron/model";
import { drawFlower, drawnWeights, encodeJpeg, type StaticServer, startStaticServer } from "@fleuron/testing";
import type { Browser } from "playwright-core";
import { fleuronIn } from "../fleuron.js";

const SUBFOLDER = "/some/where/" as const;

/** The file that holds the model which the page takes by itself. */
export const MODEL = `${SUBFOLDER}bundle/model.float16.onnx` as const;
export const MANIFEST = `${SUBFOLDER}bundle/fleuron.json` as const;
export const MAIN = `${SUBFOLDER}main.js` as const;

export interface SiteOptions extends LaunchChromiumOptions {
  /** Default: five flowers. */
  readonly labels?: readonly string[];
  /** Whether WebAssembly has threads. Default: yes. */
  readonly crossOriginIsolated?: boolean;
}

export interface Site extends AsyncDisposable {
  /** The page's address; `server` is for faults and for what was asked of it. */
  readonly url: string;
  /** Where the written site lies. */
  readonly folder: string;
  readonly server: StaticServer;
  readonly browser: Browser;
  /** A photo, as a file. */
  readonly photo: string;
  readonly labels: readonly string[];
}

export async function openSite({
  labels = LABELS,
  crossOriginIsolated = true,
  ...options
}: SiteOptions = {}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "fleuron-site-"));
  const photo = join(folder, "photo.jpg");
  await writeFile(photo, await encodeJpeg(drawFlower({ label: 1, seed: 7, width: 90, height: 80 })));
  await writeDrawnBundle(join(folder, "bundle"), labels);
  await fleuronIn(folder)("demo", "--bundle", "bundle", "--out", `host${SUBFOLDER}`);
  const [server, browser] = await Promise.all([
    startStaticServer({ files: join(folder, "host"), crossOriginIsolated }),
    launchChromium(options),
  ]);
  return {
    url: server.url + SUBFOLDER,
    folder: join(folder, `host${SUBFOLDER}`),
    server,
    browser,
    photo,
    labels,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const LABELS = ["daisy", "dandelion", "roses", "sunflowers", "tulips"];
const SIZE = 67;

async function writeDrawnBundle(folder: string, labels: readonly string[]): Promise<void> {
  const network = alexnet({ classes: labels.length, imageSize: SIZE, width: 0.1 });
  const work = writeBundle({
    model: {
      network,
      labels,
      preprocessing: { ...notebookPreprocessing, size: SIZE },
      // Drawn logits are large: at 1 one label would have everything.
      temperature: 8,
      weights: drawnWeights(network),
    },
    training: {
      run: "drawn",
      checkpoint: "best",
      network: { name: "alexnet", parameters: 621_025 },
      recipe: "quick",
      epochs: 4,
      dataset: { name: "procedural", trainCount: 1586, valCount: 414 },
      valAccuracy: 0.903,
      trained: "2026-11-25T15:55:08.479Z",
    },
    precisions: ["float16", "int8"],
    folder,
  });
  for await (const _ of work);
}
