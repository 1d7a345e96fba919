// The whole chain: photos become a network, the network a bundle, and the page over it names photos in a real browser.
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium } from "@fleuron/chromium";
import type { LabelProbability } from "@fleuron/model";
import { drawFlower, encodeWebp, withExif } from "@fleuron/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { complaintsOfAxe } from "./axe.js";
import { give, newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { createWorkplace, type ServedDemo, type UnseenPhoto, type Workplace } from "./trained-bundle.js";

const SCREENSHOTS = new URL("../screenshots/", import.meta.url).pathname;

let workplace: Workplace;
let served: ServedDemo;
let browser: Browser;
let page: Page;
/** What the page asked for (workers are held by its policy alone), and what it complained of. */
let requests: string[];
let complaints: string[];

beforeAll(async () => {
  workplace = await createWorkplace();
  [served, browser] = await Promise.all([workplace.serveDemo(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await workplace?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  requests = [];
  complaints = [];
  page = await newPage(browser);
  page.context().on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
});
afterEach(async () => {
  await page.context().close();
  const strangers = requests.filter((url) => !/^(blob:)?http:\/\/127\.0\.0\.1:/.test(url));
  expect(strangers).toEqual([]);
});

const inNode = async (...args: string[]) => {
  const lines = await workplace.fleuron("predict", ...args, "--top-k", "3");
  return lines as readonly { readonly predictions: readonly LabelProbability[] }[];
};
function expectSame(here: readonly LabelProbability[], there: readonly LabelProbability[]) {
  expect(here.map(({ label }) => label)).toEqual(there.map(({ label }) => label));
  for (const [rank, { probability }] of here.entries())
    expect(Math.abs(probability - there[rank]!.probability)).toBeLessThan(0.01);
}

describe("photos", () => {
  it("are named as the command line names them, and rightly", async () => {
    await page.goto(served.url);
    const paths = workplace.photos.map(({ path }) => path);
    const expected = await inNode(...paths, "--bundle", served.bundle, "--precision", "float16");
    for (const [index, { path, label }] of workplace.photos.entries()) {
      await give(page, "drop", path);
      const here = await predictionsOf(specimens(page).first());
      expectSame(here, expected[index]!.predictions);
      expect(here[0]!.label).toBe(label);
    }
    expect(complaints).toEqual([]);
  });

  it("come by paste, and by choice, several at once", async () => {
    const [first, ...others] = workplace.photos;
    await page.goto(served.url);
    await give(page, "paste", first!.path);
    await page.locator("#choose").setInputFiles(others.map(({ path }) => path));
    await expect.poll(() => specimens(page).count()).toBe(4);
    await predictionsOf(specimens(page).nth(2));
    expect(await specimens(page).locator(".path").first().textContent()).toMatch(
      /^second-aster\.jpg · .+ · WebAssembly · decoded in .+, prepared in .+, classified in /,
    );
    await specimens(page).first().getByRole("button", { name: "Remove second-aster.jpg" }).click();
    expect(await specimens(page).count()).toBe(3);
  });

  it("that are none get an error of their own, and the next one is named", async () => {
    const [photo] = workplace.photos;
    await page.goto(served.url);
    const broken = join(workplace.folder, "broken.jpg");
    await writeFile(broken, "no photo");
    await give(page, "drop", broken, photo!.path);
    await predictionsOf(specimens(page).nth(1));
    expect(await specimens(page).first().getByRole("alert").textContent()).toMatch(/photo|decode/i);
    expect(await specimens(page).nth(1).locator(".title .serif").textContent()).toBe(photo!.label);
  });
});

describe("the switches", () => {
  it("say why no GPU was taken, and take an emulated one by name", async () => {
    await page.goto(served.url);
    await give(page, "drop", workplace.photos[2]!.path);
    const before = await predictionsOf(specimens(page).first());
    expect(await page.locator("#engine-body .told").textContent()).toMatch(/not WebGPUthe GPU is emulated/);
    await page.getByRole("radio", { name: "WebGPU" }).check();
    await expect.poll(() => runsNow(page).textContent()).toMatch(/^WebGPU/);
    expectSame(await predictionsOf(specimens(page).first()), before);
    expect(await specimens(page).locator(".path").first().textContent()).toContain("WebGPU");
    await page.getByRole("radio", { name: "own kernels" }).check();
    await expect.poll(() => runsNow(page).textContent()).toMatch(/^own kernels/);
    expectSame(await predictionsOf(specimens(page).first()), before);
  });

  it("load another precision", async () => {
    await page.goto(served.url);
    await give(page, "drop", workplace.photos[0]!.path);
    await predictionsOf(specimens(page).first());
    expect(await page.getByRole("radio", { name: /^float16 .*[KM]B$/ }).count()).toBe(1);
    await page.getByRole("radio", { name: /^int8/ }).check();
    await expect.poll(() => runsNow(page).textContent()).toContain("int8");
    const [expected] = await inNode(
      workplace.photos[0]!.path,
      "--bundle",
      served.bundle,
      "--precision",
      "int8",
    );
    expectSame(await predictionsOf(specimens(page).first()), expected!.predictions);
  });
});

it("shows why: a heat map that comes and goes", async () => {
  await page.goto(served.url);
  await give(page, "drop", workplace.photos[0]!.path);
  const specimen = specimens(page).first();
  await specimen.getByRole("button", { name: "Why?" }).click();
  await specimen
    .getByText(/^Bright areas favour aster: covering the brightest lowers .+% to .+%\.$/)
    .waitFor();
  const lit = await specimen.locator("canvas.heat").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const opacities = data.filter((_, at) => at % 4 === 3);
    return { least: Math.min(...opacities), most: Math.max(...opacities) };
  });
  expect(lit.most - lit.least).toBeGreaterThan(50);
  await specimen.getByRole("button", { name: "Why?" }).click();
  expect(await specimen.locator("canvas").count()).toBe(0);
});

it("explains a photo as it was read, where browsers show it on its side", async () => {
  const sideways = join(workplace.folder, "sideways.webp");
  const flower = await encodeWebp(drawFlower({ label: 0, seed: 77, width: 90, height: 80 }));
  await writeFile(sideways, withExif(flower, { orientation: 6, type: "short", littleEndian: true }));
  await page.goto(served.url);
  await give(page, "drop", sideways);
  const specimen = specimens(page).first();
  await specimen.getByRole("button", { name: "Why?" }).click();
  await specimen.getByText(/^(Bright areas favour|No single area decides)/).waitFor();
  const sizes = await specimen
    .locator("canvas.seen")
    .evaluate((seen: HTMLCanvasElement) => [seen.width, seen.height]);
  expect(sizes).toEqual([80, 90]);
});

describe.each([
  { device: "desktop", viewport: { width: 1280, height: 900 } },
  { device: "phone", viewport: { width: 375, height: 812 } },
])("on a $device", ({ device, viewport }) => {
  it.each(["light", "dark"] as const)("axe finds nothing to complain of, %s", async (colorScheme) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(served.url);
    await give(page, "drop", workplace.photos[0]!.path, workplace.photos[2]!.path);
    await predictionsOf(specimens(page).nth(1));
    await specimens(page).first().getByRole("button", { name: "Why?" }).click();
    await page.locator("#gallery").getByText("Bright areas favour").waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, `photos-${device}-${colorScheme}.png`), fullPage: true });
    expect(await complaintsOfAxe(page)).toEqual([]);
  });
});

it("is there for a run that was never exported, too", async () => {
  const run = join(workplace.folder, "runs/first");
  const bare = join(workplace.folder, "runs/bare");
  await cp(run, bare, { recursive: true, filter: (path) => path !== join(run, "bundle") });
  const own = await workplace.serveDemo("--run", bare);
  expect(own.bundle).toBe(join(bare, "bundle"));
  await page.goto(own.url);
  const [{ path, label }] = workplace.photos as [UnseenPhoto];
  await give(page, "drop", path);
  expect((await predictionsOf(specimens(page).first()))[0]!.label).toBe(label);
  await own.end();
});

it("opens and names photos when the server is gone", async () => {
  const own = await workplace.serveDemo();
  await page.goto(own.url);
  await give(page, "drop", workplace.photos[0]!.path);
  const before = await predictionsOf(specimens(page).first());
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  expect(await own.end()).toBe(0);
  await page.reload();
  await give(page, "drop", workplace.photos[0]!.path);
  expectSame(await predictionsOf(specimens(page).first()), before);
  await page.getByRole("button", { name: "Sample picture 1" }).click();
  await predictionsOf(specimens(page).first());
});
