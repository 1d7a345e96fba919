// One page of one headless Chromium. TensorFlow.js takes no WebGL that is emulated.
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import { buildPage } from "../build-page.js";
import { type TemporaryFolder, temporaryFolder } from "../temporary-folder.js";

export type TabPage = Awaited<ReturnType<Awaited<ReturnType<typeof launchChromium>>["newPage"]>>;

/** What `work` makes of the page. */
export async function inTab<Result>(
  onProgress: (what: string) => void,
  work: (page: TabPage) => Promise<Result>,
): Promise<Result> {
  await using site = await buildSite();
  await using server = await startStaticServer({ files: site.folder });
  await using browser = await launchChromium();
  const page = await browser.newPage();
  await page.exposeFunction("tellProgress", onProgress);
  await page.goto(server.url);
  await page.waitForFunction(() => window.tabBench !== undefined);
  return await work(page);
}

/** A folder that holds the page, and the WASM of onnxruntime and of TensorFlow.js beside it. */
async function buildSite(): Promise<TemporaryFolder> {
  const site = await temporaryFolder("tab");
  const { folder } = site;
  const ort = "ort-wasm-simd-threaded.wasm";
  await copyFile(fileURLToPath(import.meta.resolve(`onnxruntime-web/${ort}`)), join(folder, ort));
  const tfjs = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));
  await mkdir(join(folder, "tfjs"));
  for (const name of await readdir(tfjs))
    if (name.endsWith(".wasm")) await copyFile(join(tfjs, name), join(folder, "tfjs", name));
  await buildPage(folder, fileURLToPath(new URL("./page/page.js", import.meta.url)));
  return site;
}
