// The page that learns: photos in folders become a network in the tab, which is tried, kept and taken along.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classifierGraph } from "@fleuron/graph";
import { toOnnx } from "@fleuron/graph/onnx";
import type { LabelProbability } from "@fleuron/model";
import { drawFlower, drawnWeights, encodeJpeg, tinyNetwork } from "@fleuron/testing";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { fleuronIn } from "../fleuron.js";
import { complaintsOfAxe } from "./axe.js";
import { longestTask } from "./longest-task.js";
import { newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { MODEL, openSite, type Site } from "./site.js";
import { unzip } from "./unzip.js";

/** What is drawn, by its number in `drawFlower`. */
const kinds = { aster: 0, crocus: 2, poppy: 3 } as const;
const PER_CLASS = 60;
/** Milliseconds; alone it takes a fraction of this. */
const PATIENCE = 300_000;
const NAME = "aster, crocus and poppy";

/** Milliseconds: what a visitor takes for immediate (https://web.dev/articles/rail). */
const LONGEST_TASK = 100;

let folder: string;
let site: Site;
let page: Page;
let complaints: string[];
/** What pages asked for, as "GET http://…". */
let asked: string[];

const draw = async (path: string, label: number, seed: number) =>
  writeFile(join(folder, path), await encodeJpeg(drawFlower({ label, seed, width: 90, height: 80 })));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "fleuron-learning-"));
  for (const [name, kind] of Object.entries(kinds)) {
    await mkdir(join(folder, "photos", name), { recursive: true });
    for (let index = 0; index < PER_CLASS; index++)
      await draw(`photos/${name}/${index}.jpg`, kind, kind * 100 + index);
  }
  await draw("unseen.jpg", kinds.crocus, 7000);
  site = await openSite({
    webgpu: false,
    // Threads wait for each other in turns of the processor: on a busy machine one is far quicker than two.
    crossOriginIsolated: false,
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream=accept"],
  });
});
afterAll(async () => {
  await site?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  complaints = [];
  asked = [];
  page = await newPage(site.browser);
  page.context().on("request", (request) => asked.push(`${request.method()} ${request.url()}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
});
afterEach(async () => {
  site.server.setFault(MODEL, undefined);
  await page.context().close();
  expect(complaints).toEqual([]);
  // No photo leaves the page.
  expect(asked.filter((each) => !/^GET (blob:)?http:\/\/127\.0\.0\.1:/.test(each))).toEqual([]);
});

const button = (name: string | RegExp) => page.getByRole("button", { name });
const open = () => page.goto(`${site.url}learn.html`);

/** Drops files and folders from the disk, as a hand does. */
async function drop(selector: string, ...paths: readonly string[]): Promise<void> {
  await page.locator(selector).scrollIntoViewIfNeeded();
  const box = (await page.locator(selector).boundingBox())!;
  const [x, y] = [box.x + 20, box.y + 20];
  const data = { items: [], files: paths.map((path) => join(folder, path)), dragOperationsMask: 1 };
  const devTools = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await devTools.send("Input.dispatchDragEvent", { type, x, y, data });
}
async function expectAccessible(): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await complaintsOfAxe(page), colorScheme).toEqual([]);
  }
}
const classNames = () =>
  page
    .locator(".class-name")
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));

it("costs those who only classify photos nothing: not a byte of it is asked for", async () => {
  const since = site.server.requests.length;
  await page.goto(site.url);
  await runsNow(page).getByText("WebAssembly").waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const asked = site.server.requests.slice(since);
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((path) => /learn|train/.test(path))).toEqual([]);
  await page.getByRole("link", { name: "Teach it your own" }).click();
  await page.getByRole("heading", { name: "Teach it your own" }).waitFor();
});

it("learns what is dropped, is stopped, reloaded and continued, tried, kept and taken along", {
  timeout: PATIENCE,
}, async () => {
  await open();
  await drop("#drop", "photos");
  await expect.poll(() => page.getByText(`${PER_CLASS} photos`).count()).toBe(3);
  expect(await classNames()).toEqual(Object.keys(kinds));
  await page.getByRole("radio", { name: "nothing" }).check();
  expect(await page.locator("#plan-facts").textContent()).toMatch(
    /photos180 in 3 classes, .+memory[\d.]+ MB at least.+runs onWebAssembly.+time/,
  );
  await expectAccessible();

  await button("Start training").click();
  await page.locator("#course-facts").getByText("of 46 validation photos").waitFor();
  await page
    .locator("#course-words")
    .getByText(/: (less than|about) .+ left$/)
    .waitFor();
  await expectAccessible();
  await button("Stop and keep it").click();
  await page
    .locator("#runs")
    .getByText(/stopped after \d+ of 34 epochs/)
    .waitFor();
  await page.reload();
  await button(`Continue ${NAME}`).click();
  // It has learnt them long before its last epoch.
  await page
    .locator("#course-facts")
    .getByText(/^(9[5-9]\.\d|100\.0)% of 46 validation photos$/)
    .waitFor({ timeout: PATIENCE });
  await button("Stop and keep it").click();
  await page.locator("#trial-heading").getByText(NAME).waitFor();
  const statement = await page.locator("#statement").textContent();
  expect(statement).toMatch(/^Trained on 134 photos\. Of 46 photos that it never saw, /);
  expect(Number(/classifies ([\d.]+)% correctly/.exec(statement!)?.[1])).toBeGreaterThanOrEqual(90);

  await button("Live camera").click();
  await page.locator("#camera .rate").getByText("frames a second").waitFor();
  // What the browser's made-up camera shows is no flower.
  const named = await page.locator("#camera .title .serif").textContent();
  expect([...Object.keys(kinds), "none of these"]).toContain(named);
  await button("Close the camera").click();

  await page.reload();
  await button(`Open ${NAME}`).click();
  await page.locator("#trial-heading").getByText(NAME).waitFor();
  await page.locator("#try-photos").setInputFiles(join(folder, "unseen.jpg"));
  const here = await predictionsOf(specimens(page).first());
  expect(here[0]!.label).toBe("crocus");
  await expectAccessible();

  const [download] = await Promise.all([page.waitForEvent("download"), button("Download as zip").click()]);
  expect(download.suggestedFilename()).toBe(`${NAME}.zip`);
  await download.saveAs(join(folder, "run.zip"));
  expect(await unzip(join(folder, "run.zip"), join(folder, "run"))).toContain("run.json");
  const [there] = (await fleuronIn(folder)("predict", "unseen.jpg", "--bundle", "run/bundle")) as readonly {
    readonly predictions: readonly LabelProbability[];
  }[];
  expect(here.map(({ label }) => label)).toEqual(there!.predictions.map(({ label }) => label));
  for (const [rank, { probability }] of here.entries())
    expect(Math.abs(probability - there!.predictions[rank]!.probability)).toBeLessThan(1e-3);

  await button(`Delete ${NAME}`).click();
  await button(`Really delete ${NAME}?`).click();
  await page.locator("#kept").waitFor({ state: "hidden" });
  await page.reload();
  await button("Choose a folder").waitFor();
  expect(await page.locator("#kept").isVisible()).toBe(false);
});

it("learns a head on its own network, or on an ONNX file that is dropped, without being asked", async () => {
  const petals = { ...tinyNetwork(), input: { channels: 3, height: 40, width: 40 } };
  const onnx = toOnnx(classifierGraph(petals), { values: drawnWeights(petals) });
  await writeFile(join(folder, "petals.onnx"), onnx);
  await open();
  await drop("#drop", "photos");
  await page.getByRole("radio", { name: "this page's network", checked: true }).waitFor();
  await button("Start training").click();
  await page.locator("#trial-heading").getByText(NAME).waitFor();
  await button("Live camera").click();
  await page.locator("#camera .rate").getByText("frames a second").waitFor();
  await button("Close the camera").click();

  await drop("#drop", "petals.onnx");
  await page.getByRole("radio", { name: "an ONNX file", checked: true }).waitFor();
  await page
    .locator("#beginning-details")
    .getByText(/^petals\.onnx, [\d.]+ KB$/)
    .waitFor();
  await expectAccessible();
  await button("Start training").click();
  await page.locator("#trial-heading").getByText(`${NAME} (2)`).waitFor();
  const statement = await page.locator("#statement").textContent();
  expect(statement).toMatch(/^Trained on 134 photos\. Of 46 photos that it never saw, /);
});

it("says that its own network is fetched, stops that, and says which file is none", async () => {
  await open();
  await drop("#drop", "photos");
  await page.getByRole("radio", { name: "this page's network", checked: true }).waitFor();
  site.server.setFault(MODEL, { stallAfter: 0 });
  await button("Start training").click();
  await page.locator("#course-words").getByText("Fetching the network…").waitFor();
  await page.getByRole("status").getByText("Fetching the network…").waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("stop");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Stopped before the first epoch was complete.").waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("start");

  site.server.setFault(MODEL, { contents: "<!doctype html>", headers: { "Content-Type": "text/html" } });
  await page.keyboard.press("Enter");
  const alert = page.locator("#problems").getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(
    /model\.float16\.onnx: the server sent a web page instead of the file\. This site lacks the file/,
  );
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("start");
});

it("stays responsive while a thousand photos come, and while training begins", async () => {
  const [name, others] = ["many", ["0", "1", "2", "3", "4"]];
  const photo = await encodeJpeg(drawFlower({ width: 90, height: 80 }));
  for (const label of others) {
    await mkdir(join(folder, name, label), { recursive: true });
    for (let index = 0; index < 200; index++)
      await writeFile(join(folder, name, label, `${index}.jpg`), photo);
  }
  const longest = await longestTask(site.browser, page, async () => {
    await open();
    await drop("#drop", name);
    await expect.poll(() => page.getByText("200 photos").count()).toBe(others.length);
    await button("Start training").click();
    await page.locator("#course-words").getByText("Reading photos").waitFor();
  });
  expect(longest).toBeLessThan(LONGEST_TASK);
});

/** What has the keyboard in a part of the page, by its words. */
const focusedIn = (part: Locator) =>
  part.locator(":focus").evaluate((node) => (node.closest("label") ?? node).textContent);

it("closes the camera of an empty class that a folder takes the place of", async () => {
  await open();
  await page.locator(".class").first().getByRole("button", { name: "Camera", exact: true }).click();
  const video = await page.locator(".shooter video").first().elementHandle();
  await drop("#drop", "photos/aster");
  await expect.poll(classNames).toEqual(["aster"]);
  expect(await video!.evaluate((node) => (node as HTMLVideoElement).srcObject)).toBeNull();
});

it("lets text be dragged into the name of a class", async () => {
  await open();
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData("text/plain", "roses");
    const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
    document.querySelector(".class-name")!.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(prevented).toBe(false);
});

it("takes photos of a class as files and from the camera, and removes them", async () => {
  await open();
  const first = page.locator(".class").first();
  await first.getByLabel("Name of the class").fill("poppy");
  const files = [1, 2, 3].map((index) => join(folder, `photos/poppy/${index}.jpg`));
  await first.locator("input[type=file]").setInputFiles(files);
  await first.getByText("3 photos").waitFor();
  await first.getByRole("button", { name: "Remove 2.jpg" }).click();
  await first.getByText("2 photos").waitFor();
  await first.getByRole("button", { name: "Camera", exact: true }).click();
  const shoot = first.getByRole("button", { name: "Hold to take photos" });
  await shoot.focus();
  await page.keyboard.down("Space");
  await first.getByText("4 photos").waitFor();
  await page.keyboard.up("Space");
  await first.getByRole("button", { name: "Close the camera" }).press("Enter");
  expect(await focusedIn(first)).toBe("Camera");
  await page.locator("#notes").getByText("There must be photos of at least two classes.").waitFor();
  expect(await button("Start training").isDisabled()).toBe(true);
  const second = page.locator(".class").nth(1);
  await second.locator("input[type=file]").setInputFiles(files.slice(0, 1));
  await second.getByRole("button", { name: "Remove 1.jpg" }).press("Enter");
  expect(await focusedIn(second)).toBe("Choose photos");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
});

it("says what it could not take, and why", async () => {
  await writeFile(join(folder, "photos/aster/notes.txt"), "no photo");
  await writeFile(join(folder, "photos/aster/zz.jpg"), "no photo");
  await open();
  const alert = page.locator("#notices").getByRole("alert");
  await drop("#drop", "unseen.jpg");
  await alert.getByText("Photos without a folder belong to no class yet").waitFor();
  await drop("#drop", "photos/aster");
  await alert
    .getByText(/^Left out, since this browser reads no photo from them: notes\.txt, zz\.jpg\.$/)
    .waitFor();
  await page.getByText(`${PER_CLASS} photos`).waitFor();
  await drop(".class >> nth=0", "unseen.jpg");
  await page.getByText(`${PER_CLASS + 1} photos`).waitFor();
});

it("says where a browser stores nothing that the network lives as long as its tab", async () => {
  await page.addInitScript(() => {
    navigator.storage.getDirectory = () => Promise.reject(new DOMException("no", "SecurityError"));
  });
  await page.route("**/fleuron-trainer.js", async (route) => {
    const response = await route.fetch();
    const barred =
      "navigator.storage.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));";
    await route.fulfill({ response, body: barred + (await response.text()) });
  });
  await open();
  await drop("#drop", "photos");
  await button("Start training").click();
  await page.locator("#course-notes").getByText("lives as long as this tab").waitFor();
  await button("Stop and keep it").click();
  await page.locator("#course").waitFor({ state: "hidden" });
});
