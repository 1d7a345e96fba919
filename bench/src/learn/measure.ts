// From photos to a classifier and its first camera frame, in a page of Chromium without a GPU.
import { copyFile, mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import type { TrainingOptions } from "@fleuron/trainer-web";
import { buildPage } from "../build-page.js";
import { copyFiles } from "../copy-files.js";
import { median } from "../statistics.js";
import { temporaryFolder } from "../temporary-folder.js";
import type { Learnt, Lesson } from "./page/page.js";
import { firstPhotos } from "./photos.js";

export interface LearningOptions {
  /** An ONNX file with its weights inside. */
  readonly network: string;
  /** A folder of photos with a folder for each class. */
  readonly data: string;
  readonly classes: number;
  readonly perClass: number;
  readonly times: number;
  readonly training: TrainingOptions;
}

export interface Learning {
  readonly labels: readonly string[];
  readonly perClass: number;
  /** Medians. */
  readonly learnt: Learnt;
}

/** Each time in a page without caches or saved runs. */
export async function measureLearning(
  options: LearningOptions,
  onProgress: (what: string) => void = () => undefined,
): Promise<Learning> {
  await using site = await buildSite(options);
  await using server = await startStaticServer({ files: site.folder, crossOriginIsolated: true });
  await using browser = await launchChromium({
    webgpu: false,
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=accept"],
  });
  const all: Learnt[] = [];
  for (let time = 1; time <= options.times; time++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.exposeFunction("tellProgress", (what: string) =>
      onProgress(`${time} of ${options.times}: ${what}`),
    );
    await page.goto(server.url);
    await page.waitForFunction(() => window.learn !== undefined);
    all.push(await page.evaluate((lesson) => window.learn(lesson), site.lesson));
    await context.close();
  }
  const medians = Object.keys(all[0]!).map((figure) => [
    figure,
    median(all.map((each) => each[figure as keyof Learnt])),
  ]);
  return {
    labels: [...new Set(site.lesson.photos.map(({ label }) => label))],
    perClass: options.perClass,
    learnt: Object.fromEntries(medians),
  };
}

/** A folder that holds the page, what it loads beside its code, the network and the photos. */
async function buildSite({ network, data, training, ...chosen }: LearningOptions) {
  const photos = await firstPhotos(data, chosen);
  const site = await temporaryFolder("learn");
  const { folder } = site;
  for (const name of ["trainer-web", "runtime-web"])
    await copyFiles(
      dirname(fileURLToPath(import.meta.resolve(`@fleuron/${name}`))),
      folder,
      /^fleuron-.*\.js$|\.wasm$/,
    );
  await copyFile(network, join(folder, basename(network)));
  const served: Lesson["photos"][number][] = [];
  for (const [number, [label, paths]] of [...photos].entries()) {
    await mkdir(join(folder, `photos/${number}`), { recursive: true });
    for (const path of paths) {
      const address = `photos/${number}/${basename(path)}`;
      await copyFile(path, join(folder, address));
      served.push({ address, label });
    }
  }
  await buildPage(folder, fileURLToPath(new URL("./page/page.js", import.meta.url)));
  return {
    ...site,
    lesson: { network: basename(network), photos: served, options: training } satisfies Lesson,
  };
}
