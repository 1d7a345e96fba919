// One page of one headless Chromium, with its own WebGPU.
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import { buildPage } from "../build-page.js";
import type { ContenderName } from "../step/contenders.js";
import { type TemporaryFolder, temporaryFolder } from "../temporary-folder.js";
import type { Place } from "./place.js";

const WASM = "ort-wasm-simd-threaded.wasm";

export const inChromium =
  ({ contenders }: { readonly contenders: readonly ContenderName[] }): Place =>
  async ({ steps, onProgress = () => undefined }) => {
    await using site = await buildSite();
    await using server = await startStaticServer({ files: site.folder });
    await using browser = await launchChromium();
    const page = await browser.newPage();
    await page.exposeFunction("tellProgress", onProgress);
    await page.goto(server.url);
    await page.waitForFunction(() => window.webgpuBench !== undefined);
    return await page.evaluate((options) => window.webgpuBench.measure(options), { steps, contenders });
  };

/** A folder that holds the page, and onnxruntime's WASM beside it. */
async function buildSite(): Promise<TemporaryFolder> {
  const site = await temporaryFolder("webgpu");
  const { folder } = site;
  await copyFile(fileURLToPath(import.meta.resolve(`onnxruntime-web/${WASM}`)), join(folder, WASM));
  await buildPage(folder, fileURLToPath(new URL("./page/page.js", import.meta.url)));
  return site;
}
