// Where the page cannot do all that it does elsewhere: on a disk, without storage, without a GPU, with photos and labels
// that are odd.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { give, newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { MAIN, openSite, type Site } from "./site.js";

/** A name that leads to this machine, which browsers do not trust as they trust localhost. */
const INSECURE = "photos.example";

const labels = ["daisy", "\u202eyppop", "rose\u001b[2J", "sun\r\nflower", "tulip"];
const shown = ["daisy", "<U+202E>yppop", "rose␛[2J", "sun␍␊flower", "tulip"];

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite({ labels, webgpu: false, args: [`--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`] });
});
afterAll(() => site?.[Symbol.asyncDispose]());
beforeEach(async () => {
  page = await newPage(site.browser);
});
afterEach(async () => {
  site.server.setFault(MAIN, undefined);
  await page.context().close();
});

const notStarted = () => page.getByText("This page has not started.");

describe("a page that does not start", () => {
  it("says that it needs a server when it is opened from a disk", async () => {
    await page.goto(pathToFileURL(join(site.folder, "index.html")).href);
    await notStarted().waitFor();
    expect(await page.locator("#not-started").textContent()).toContain("it needs a web server");
  });

  it("says so when its script is missing", async () => {
    site.server.setFault(MAIN, { status: 404 });
    await page.goto(site.url);
    await notStarted().waitFor();
  });
});

it("tells one story where nothing can be kept: neither is it kept nor can it be deleted", async () => {
  const keeping = page.locator("#engine-body .keeping");
  await page.goto(site.url);
  await runsNow(page).getByText("WebAssembly").waitFor();
  expect(await keeping.textContent()).toMatch(/^The model is stored in this browser: /);
  expect(await notStarted().count()).toBe(0);
  await page.goto(site.url.replace("127.0.0.1", INSECURE));
  await runsNow(page).getByText("WebAssembly").waitFor();
  expect(await page.locator("#load .warnings").textContent()).toContain(
    "Files are not kept for the next visit",
  );
  expect(await keeping.textContent()).toBe(
    "This browser does not store the model: every visit loads it again.",
  );
});

it("lets a photo keep its name when WebGPU is chosen where there is none, and says what to choose", async () => {
  await page.goto(site.url);
  await give(page, "drop", site.photo);
  const specimen = specimens(page).first();
  const before = await predictionsOf(specimen);
  const title = await specimen.locator(".title").textContent();
  await page.getByRole("radio", { name: "WebGPU" }).check();
  const alert = page.locator("#load").getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/^WebGPU: .+\. Choose "automatic" under "Runs on"/);
  await specimen.getByRole("alert").waitFor();
  expect(await predictionsOf(specimen)).toEqual(before);
  expect(await specimen.locator(".title").textContent()).toBe(title);
  await page.getByRole("radio", { name: /^automatic a real GPU/ }).check();
  await runsNow(page).getByText("WebAssembly").waitFor();
  await expect.poll(() => specimen.getByRole("alert").count()).toBe(0);
  expect(await predictionsOf(specimen)).toEqual(before);
});

it("names the format of a photo that the browser does not read", async () => {
  const heic = join(site.folder, "..", "IMG_0001.HEIC");
  await writeFile(heic, "\0\0\0\x18ftypheic\0\0\0\0mif1heic");
  await page.goto(site.url);
  await give(page, "drop", heic);
  const alert = specimens(page).first().getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/^IMG_0001\.HEIC is a HEIC file, .+ JPEG/);
});

it("shows what labels and names of files would hide or reorder", async () => {
  await page.goto(site.url);
  await page.evaluate(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], "\u202egpj.photo", { type: "image/jpeg" }));
      document
        .querySelector("#drop")!
        .dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
    },
    [...(await readFile(site.photo))],
  );
  const predictions = await predictionsOf(specimens(page).first());
  expect(predictions.map(({ label }) => label).toSorted()).toEqual(shown.toSorted());
  expect(await page.locator("#card dd").first().textContent()).toBe(shown.join(", "));
  const html = await page.content();
  expect(["\u202e", "\u001b"].filter((mark) => html.includes(mark))).toEqual([]);
  expect(await page.getByRole("button", { name: "Remove <U+202E>gpj.photo" }).count()).toBe(1);
});
