// How soon is the page there, how soon does it name a photo, and what does it send? The page of `pnpm demo` over a
// full-width AlexNet of five classes in float16, as `pnpm demo` exports it, from a server on this machine.
import { cp, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import type { Browser } from "playwright-core";
import { writeDrawnBundle } from "../drawn-bundle.js";
import { median } from "../statistics.js";
import { type TemporaryFolder, temporaryFolder } from "../temporary-folder.js";
import { type Device, devices } from "./devices.js";
import { watch } from "./watch.js";

/** The times of one visit with empty caches, in milliseconds. */
interface Loading {
  readonly firstContentfulPaintMs: number;
  readonly largestContentfulPaintMs: number;
  readonly layoutShift: number;
  /** What tasks take beyond their first 50 ms, from the first paint until the first photo is named. */
  readonly totalBlockingMs: number;
  readonly longestTaskMs: number;
  /** From the navigation on: the model is loaded, checked, compiled and has run once. */
  readonly readyMs: number;
  /** From the click on a sample picture to its name. */
  readonly namingMs: number;
}

export interface Visit extends Loading {
  readonly pageBytes: number;
  readonly runtimeBytes: number;
  readonly modelBytes: number;
}

export type PageResults = Readonly<Record<keyof typeof devices, Visit>>;

/** The medians of `visits` visits of each device, in turns. */
export async function measurePage(
  { visits }: { readonly visits: number },
  onProgress: (what: string) => void = () => undefined,
): Promise<PageResults> {
  onProgress("writing the bundle");
  await using site = await buildSite();
  await using server = await startStaticServer({ files: site.folder, crossOriginIsolated: true });
  await using browser = await launchChromium();
  const measured: Record<keyof typeof devices, Visit[]> = { phone: [], desktop: [] };
  for (let number = 1; number <= visits; number++) {
    for (const name of ["phone", "desktop"] as const) {
      onProgress(`visit ${number} of ${visits}: ${name}`);
      const before = server.requests.length;
      const loading = await visit(browser, `${server.url}/`, devices[name]);
      const bytes = await bytesOf(site.folder, server.requests.slice(before));
      measured[name].push({ ...loading, ...bytes });
    }
  }
  return { phone: medians(measured.phone), desktop: medians(measured.desktop) };
}

async function buildSite(): Promise<TemporaryFolder> {
  const site = await temporaryFolder("page");
  const { folder } = site;
  const page = dirname(fileURLToPath(import.meta.resolve("@fleuron/demo/index.html")));
  await cp(page, folder, { recursive: true });
  await writeDrawnBundle({ folder: join(folder, "bundle"), format: "onnx", precisions: ["float16"] });
  return site;
}

async function visit(browser: Browser, url: string, { slowdown, ...device }: Device): Promise<Loading> {
  // A service worker would fetch the page's files a second time, when the visitor has them already.
  const context = await browser.newContext({ ...device, serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(300_000);
    const devTools = await context.newCDPSession(page);
    await devTools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.addInitScript(watch);
    await page.goto(url);
    await page
      .locator(".load-words")
      .getByText(/^Ready/)
      .waitFor();
    const readyMs = await page.evaluate(() => performance.now());
    await page.getByRole("button", { name: "Sample picture 1" }).click();
    await page.locator('#gallery .specimen[aria-busy="false"]').waitFor();
    const named = await page.evaluate(() => performance.now());
    const { firstContentfulPaint, largestContentfulPaint, layoutShift, longTasks, clicked } =
      await page.evaluate(() => window.watched);
    const blocking = longTasks.filter(({ start }) => start >= firstContentfulPaint);
    return {
      firstContentfulPaintMs: firstContentfulPaint,
      largestContentfulPaintMs: largestContentfulPaint,
      layoutShift,
      totalBlockingMs: blocking.reduce((sum, { duration }) => sum + duration - 50, 0),
      longestTaskMs: Math.max(0, ...longTasks.map(({ duration }) => duration)),
      readyMs,
      namingMs: named - clicked,
    };
  } finally {
    await context.close();
  }
}

/** The bytes of the files behind those paths, each once. */
async function bytesOf(folder: string, paths: readonly string[]) {
  const bytes = { pageBytes: 0, runtimeBytes: 0, modelBytes: 0 };
  for (const path of new Set(paths)) {
    const { size } = await stat(join(folder, path === "/" ? "index.html" : path));
    if (path.startsWith("/bundle/")) bytes.modelBytes += size;
    else if (/\.wasm$|\/fleuron-\w+\.js$/.test(path)) bytes.runtimeBytes += size;
    else bytes.pageBytes += size;
  }
  return bytes;
}

const medians = (visits: readonly Visit[]): Visit =>
  Object.fromEntries(
    Object.keys(visits[0]!).map((figure) => [
      figure,
      median(visits.map((each) => each[figure as keyof Visit])),
    ]),
  ) as Record<keyof Visit, number>;
