// What a first visitor meets: a page that is there before its model, that neither jumps nor stutters, and that says
// what is wrong when the host is.
import type { Manifest } from "@fleuron/model";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { give, newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { MANIFEST, MODEL, openSite, type Site } from "./site.js";

/** Milliseconds: what a visitor takes for immediate (https://web.dev/articles/rail). */
const LONGEST_TASK = 100;

const devices = [
  { device: "desktop", viewport: { width: 1280, height: 900 } },
  { device: "phone", viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true },
] as const;

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.[Symbol.asyncDispose]());
beforeEach(async () => {
  page = await newPage(site.browser);
});
afterEach(async () => {
  for (const path of [MODEL, MANIFEST] as const) site.server.setFault(path, undefined);
  await page.context().close();
});

it("is painted before any byte of the model has come, and takes photos already", async () => {
  site.server.setFault(MODEL, { stallAfter: 0 });
  await page.goto(site.url);
  await page.locator("#card dd").first().waitFor();
  const paints = () => performance.getEntriesByType("paint").map(({ name }) => name);
  await expect.poll(() => page.evaluate(paints)).toContain("first-contentful-paint");
  await give(page, "drop", site.photo);
  await specimens(page).first().waitFor();
  expect(await specimens(page).first().locator(".title").textContent()).toBe("naming…");
});

it("tells how far the download is: sizes that rise to all of them", async () => {
  site.server.setFault(MODEL, { trickle: 16_384 });
  await page.addInitScript(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      const words = document.querySelector(".load-words")?.textContent ?? "";
      if (words !== seen.at(-1)) seen.push(words);
    }).observe(document, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { seen });
  });
  await page.goto(site.url);
  await runsNow(page).getByText("WebAssembly").waitFor();
  const seen = await page.evaluate(() => (globalThis as typeof globalThis & { seen: string[] }).seen);
  const bytesOf = (size: string) => Number.parseFloat(size) * (size.endsWith("MB") ? 1e6 : 1e3);
  const figures = seen.flatMap((words) => {
    const [, completed, total] = /^Loading the model: ([\d.]+ [KM]B) of ([\d.]+ [KM]B)$/.exec(words) ?? [];
    return completed === undefined || total === undefined
      ? []
      : [{ completed: bytesOf(completed), total: bytesOf(total) }];
  });
  const completed = figures.map((each) => each.completed);
  expect(completed.length).toBeGreaterThan(3);
  expect(completed).toEqual(completed.toSorted((a, b) => a - b));
  expect(new Set(figures.map(({ total }) => total)).size).toBe(1);
  expect(seen.at(-1)).toMatch(/^Ready after [\d.]+ s, on WebAssembly in float16\.$/);
});

it("says loudly that a network was trained on drawn pictures, and what else its card tells", async () => {
  await page.goto(site.url);
  await page.locator("#card dd").first().waitFor();
  expect(await page.locator("#statement.loud").textContent()).toBe(
    "This network has never seen a photo. It was trained on pictures that a program drew, and what it says about " +
      "real photos means nothing. Of 414 drawn pictures that it never saw, it classifies 90.3% correctly.",
  );
  expect(await cardOf(page)).toMatchObject({
    classes: "daisy, dandelion, roses, sunflowers, tulips",
    network: "alexnet, 621,025 parameters",
    "trained on": "pictures of flowers, drawn by a program",
    pictures: "1,586 for training, 414 for validation",
    accuracy: "90.3% on the validation pictures",
    recipe: "quick, 4 epochs, best checkpoint",
    trained: "25 November 2026",
    temperature: "8",
  });
});

async function cardOf(page: Page) {
  const names = await page.locator("#card dt").allTextContents();
  const values = await page.locator("#card dd").allTextContents();
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

describe.each(devices)("on a $device", ({ device: _, ...options }) => {
  // Neighbours on a busy machine stretch a task that is short by itself.
  it("neither moves what is on it nor blocks its main thread while it loads and names", {
    retry: 4,
  }, async () => {
    await page.context().close();
    page = await newPage(site.browser, options);
    await page.addInitScript(() => {
      const seen = { shifts: [] as string[], longest: 0 };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
            sources: readonly { readonly node: Element | null }[];
          };
          const moved = sources.map(({ node }) => node?.nodeName + (node?.className ?? "")).join(" ");
          if (!hadRecentInput) seen.shifts.push(`${value} ${moved}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
      }).observe({ type: "longtask", buffered: true });
      Object.assign(globalThis, { seen });
    });
    await page.goto(site.url);
    await runsNow(page).getByText("WebAssembly").waitFor();
    await page.getByRole("button", { name: "Sample picture 1" }).click();
    await predictionsOf(specimens(page).first());
    const { shifts, longest } = await page.evaluate(
      () => (globalThis as typeof globalThis & { seen: { shifts: string[]; longest: number } }).seen,
    );
    expect(shifts).toEqual([]);
    expect(longest).toBeLessThan(LONGEST_TASK);
  });
});

it("says that a file was damaged on its way; asked to try again, loads it and names what was waiting", async () => {
  site.server.setFault(MODEL, { contents: new Uint8Array(1000) });
  await page.goto(site.url);
  const alert = page.locator("#load").getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toContain("model.float16.onnx");
  expect(await page.locator(".keeping").isVisible()).toBe(false);
  site.server.setFault(MODEL, { status: 404 });
  const since = site.server.requests.length;
  await give(page, "drop", site.photo, site.photo, site.photo);
  await expect.poll(() => specimens(page).getByRole("alert").count()).toBe(3);
  expect(site.server.requests.slice(since).filter((path) => path === MODEL)).toHaveLength(1);
  const specimen = specimens(page).first();
  site.server.setFault(MODEL, undefined);
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await runsNow(page).getByText("WebAssembly").waitFor();
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("load-words");
  const predictions = await predictionsOf(specimen);
  expect(predictions.map(({ label }) => label).toSorted()).toEqual(site.labels);
});

it.each([
  ["404", { status: 404 }],
  ["a web page instead", { contents: "<!doctype html>", headers: { "Content-Type": "text/html" } }],
] as const)(
  "says where a model is missing and what to put there: the server sends %s",
  async (sent, fault) => {
    site.server.setFault(MANIFEST, fault);
    await page.goto(site.url);
    const alert = page.locator("#load").getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /There is no model at .+\/some\/where\/bundle\/fleuron\.json.+fleuron export/,
    );
    expect(await alert.textContent()).toContain(sent);
  },
);

async function changeManifest(change: (manifest: Manifest) => object): Promise<void> {
  const manifest: Manifest = await (await fetch(site.server.url + MANIFEST)).json();
  const contents = JSON.stringify({ ...manifest, ...change(manifest) });
  site.server.setFault(MANIFEST, { contents, headers: { "Content-Type": "application/json" } });
}

describe("a bundle of an imported network", () => {
  it("has a card that tells the file in place of a training, and names photos", async () => {
    const [sha256, weights] = ["0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4)];
    const source = { file: "petals.onnx", sha256, weights };
    await changeManifest(() => ({ formatVersion: 2, training: undefined, source }));
    await page.goto(site.url);
    await give(page, "drop", site.photo);
    const predictions = await predictionsOf(specimens(page).first());
    expect(predictions.map(({ label }) => label).toSorted()).toEqual(site.labels);
    expect(await page.locator("#statement").textContent()).toBe(
      "Trained elsewhere, and imported from petals.onnx. It knows daisy, dandelion, roses, sunflowers and tulips, " +
        "and classifies every photo as one of them.",
    );
    expect(await page.locator("#statement.loud").count()).toBe(0);
    expect(await cardOf(page)).toEqual({
      classes: "daisy, dandelion, roses, sunflowers, tulips",
      input: "67 × 67 pixels, the whole photo squashed into them",
      temperature: "8",
      "imported from": "petals.onnx",
      "its SHA-256": "0123456789abcdef",
      weights: "fedcba9876543210",
    });
  });

  it("calls a photo none of these where the manifest's threshold is higher, and still shows the nearest", async () => {
    const output = { kind: "probabilities", temperature: 8, rejectBelow: 0.999 };
    await changeManifest(() => ({ formatVersion: 3, output }));
    await page.goto(site.url);
    await give(page, "drop", site.photo);
    const predictions = await predictionsOf(specimens(page).first());
    expect(predictions.map(({ label }) => label).toSorted()).toEqual(site.labels);
    expect(await specimens(page).first().locator(".title").textContent()).toBe("none of these");
    expect(await cardOf(page)).toMatchObject({ "none of these": "below 99.9%" });
  });
});

describe("a bundle that contradicts itself", () => {
  it("is shown as such where the model was to be loaded, and photos get no name", async () => {
    await changeManifest(({ labels }) => ({ labels: labels.toReversed() }));
    await page.goto(site.url);
    await give(page, "drop", site.photo);
    const alerts = [page.locator("#load"), specimens(page).first()].map((part) => part.getByRole("alert"));
    for (const alert of alerts) {
      await alert.waitFor();
      expect(await alert.textContent()).toMatch(/model\.float16\.onnx disagrees with the bundle's manifest/);
    }
    expect(await page.locator("#gallery .bars dd").count()).toBe(0);
  });

  it("is reported before any byte of the model is asked for where the manifest alone shows it", async () => {
    await changeManifest(({ preprocessing }) => ({ preprocessing: { ...preprocessing, scale: 1e308 } }));
    const since = site.server.requests.length;
    await page.goto(site.url);
    const alert = page.locator("#load").getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /fleuron\.json is not a bundle's manifest: .+float32 cannot hold/,
    );
    expect(site.server.requests.slice(since)).not.toContain(MODEL);
  });
});
