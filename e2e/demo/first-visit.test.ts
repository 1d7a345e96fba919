// What a first visitor meets: a page that is there before its model, that neither jumps nor stutters, and that says
// what is wrong when the host is.
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import { type StaticServer, startStaticServer } from "@fleuron/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { give, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { createWorkplace, type Workplace } from "./trained-bundle.js";

const built = dirname(fileURLToPath(import.meta.resolve("@fleuron/demo/index.html")));
const MODEL = "/bundle/model.float16.onnx";
/** Milliseconds: what a visitor takes for immediate (https://web.dev/articles/rail). */
const LONGEST_TASK = 100;

let workplace: Workplace;
let site: string;
let server: StaticServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  workplace = await createWorkplace();
  site = await mkdtemp(join(tmpdir(), "fleuron-site-"));
  await cp(built, site, { recursive: true });
  await cp(workplace.bundle, join(site, "bundle"), { recursive: true });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await workplace?.[Symbol.asyncDispose]();
  await rm(site, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await startStaticServer({ files: site, crossOriginIsolated: true });
  page = await browser.newPage();
});
afterEach(async () => {
  await page.context().close();
  await server.close();
});

it("is painted before any byte of the model has come, and takes photos already", async () => {
  server.setFault(MODEL, { stallAfter: 0 });
  await page.goto(server.url);
  await page.locator("#card dd").first().waitFor();
  const paints = await page.evaluate(() => performance.getEntriesByType("paint").map(({ name }) => name));
  expect(paints).toContain("first-contentful-paint");
  await give(page, "drop", workplace.photos[0]!.path);
  await specimens(page).first().waitFor();
  expect(await page.locator(".load-words").textContent()).toMatch(
    /^Loading the model: [\d.]+ of [\d.]+ MB$|^Loading/,
  );
});

// Neighbours on a busy machine stretch a task that is short by itself.
it("neither moves what is on it nor blocks its main thread while it loads and names", {
  retry: 2,
}, async () => {
  await page.addInitScript(() => {
    const seen = { shift: 0, longest: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) seen.shift += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: "longtask", buffered: true });
    Object.assign(globalThis, { seen });
  });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(server.url);
  await runsNow(page).getByText("WebAssembly").waitFor();
  const sample = page.getByRole("button", { name: "Sample picture 1" });
  await sample.click();
  await predictionsOf(specimens(page).first());
  const seen = await page.evaluate(
    () => (globalThis as typeof globalThis & { seen: { shift: number; longest: number } }).seen,
  );
  expect(seen.shift).toBe(0);
  expect(seen.longest).toBeLessThan(LONGEST_TASK);
});

it("says that a file was damaged on its way; asked to try again, loads it and names what was waiting", async () => {
  server.setFault(MODEL, { contents: new Uint8Array(1000) });
  await page.goto(server.url);
  const alert = page.locator("#load").getByRole("alert");
  await alert.waitFor({ timeout: 60_000 });
  expect(await alert.textContent()).toContain("model.float16.onnx");
  const { path, label } = workplace.photos[0]!;
  await give(page, "drop", path);
  const specimen = specimens(page).first();
  await specimen.getByRole("alert").waitFor({ timeout: 60_000 });
  server.setFault(MODEL, undefined);
  await page.getByRole("button", { name: "Try again" }).click();
  await runsNow(page).getByText("WebAssembly").waitFor();
  expect((await predictionsOf(specimen))[0]!.label).toBe(label);
});

it("says where a model is missing and what to put there", async () => {
  server.setFault("/bundle/fleuron.json", { status: 404 });
  await page.goto(server.url);
  const alert = page.locator("#load").getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(
    /There is no model at .+\/bundle\/fleuron\.json.+404.+pnpm export/,
  );
});
