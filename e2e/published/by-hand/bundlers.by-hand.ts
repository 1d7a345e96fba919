// A smallest project of each bundler: made by npm, built for production, and used in Chromium.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { launchChromium } from "@fleuron/chromium";
import { startStaticServer } from "@fleuron/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../fleuron.js";
import { filesOf } from "./files-of.js";
import { type Lab, openLab } from "./npm.js";

const projects = fileURLToPath(new URL("bundlers", import.meta.url));
const PACKAGES = ["model", "graph", "training", "runtime-web", "trainer-web"];

interface Prediction {
  readonly label: string;
  readonly probability: number;
}

let lab: Lab;
let browser: Browser;
/** What Node says of a photo. */
let expected: readonly Prediction[];

const photoOf = (label: string, index = 0) => join(lab.folder, "photos", label, `${index}.jpg`);
const bundle = () => join(lab.folder, "runs/flowers/bundle");

beforeAll(async () => {
  lab = await openLab();
  browser = await launchChromium();
  const fleuron = (...words: string[]) => lab.run("node", [main, ...words]);
  const size = "--epochs 1 --width 0.1 --image-size 67".split(" ");
  await fleuron("train", "--data", "photos", "--out", "runs/flowers", ...size);
  await fleuron("export");
  ({ predictions: expected } = JSON.parse(await fleuron("predict", photoOf("aster"), "--json")));
});
afterAll(async () => {
  await browser.close();
  await lab[Symbol.asyncDispose]();
});

/** Copies a project with the page's code, and installs what it needs. */
async function make(bundler: string): Promise<string> {
  const place = join(lab.folder, bundler);
  await cp(join(projects, "page"), place, { recursive: true });
  await cp(join(projects, bundler), place, { recursive: true });
  const tarballs = PACKAGES.map((name) => lab.tarballs.get(`@fleuron/${name}`)!);
  await lab.install(bundler, tarballs);
  return place;
}

/** Classifies a photo and trains on all, as a visitor. */
async function visit(url: string): Promise<void> {
  const tab = await browser.newPage();
  await tab.goto(url);
  expect(await tab.evaluate("crossOriginIsolated")).toBe(true);
  await tab.locator("#photo").setInputFiles(photoOf("aster"));
  const predictions = await outputOf<readonly Prediction[]>(tab, "probability");
  expect(predictions.map(({ label }) => label)).toEqual(expected.map(({ label }) => label));
  for (const [at, { probability }] of predictions.entries())
    expect(probability).toBeCloseTo(expected[at]!.probability, 6);

  const photos = ["aster", "bluebell"].flatMap((label) =>
    Array.from({ length: 12 }, async (_, index) => ({
      name: `${label}-${index}.jpg`,
      mimeType: "image/jpeg",
      buffer: await readFile(photoOf(label, index)),
    })),
  );
  await tab.locator("#photos").setInputFiles(await Promise.all(photos));
  const epoch = await outputOf<{ readonly loss: number }>(tab, "loss");
  expect(epoch.loss).toBeCloseTo(Math.log(2), 1);
  await tab.close();
}

/** What the page shows, once it names the given key; what went wrong shows as it is. */
async function outputOf<Output>(tab: Page, key: string): Promise<Output> {
  const output = tab.locator("output");
  await expect.poll(() => output.textContent(), { timeout: 600_000 }).toMatch(RegExp(`"${key}"|Error`));
  const text = await output.textContent();
  expect(text).toContain(`"${key}"`);
  return JSON.parse(text!);
}

describe("a photo is classified as in Node, and a network trained, in what is built by", () => {
  it.each(["vite", "webpack", "esbuild", "parcel"])("%s", async (bundler) => {
    const place = await make(bundler);
    await lab.run("npm", ["run", "build"], { place: bundler });
    const ofBundle = Object.entries(await filesOf(bundle())).map(([path, file]) => [`/bundle${path}`, file]);
    const files = { ...(await filesOf(join(place, "dist"))), ...Object.fromEntries(ofBundle) };
    await using site = await startStaticServer({ crossOriginIsolated: true, files });
    await visit(`${site.url}/index.html`);
  });

  it("next, with Turbopack and with webpack", async () => {
    const place = await make("next");
    await cp(bundle(), join(place, "public/bundle"), { recursive: true });
    for (const flags of [[], ["--", "--webpack"]]) {
      await lab.run("npm", ["run", "build", ...flags], { place: "next" });
      await using site = await startNext(place);
      await visit(site.url);
    }
  });
});

async function startNext(place: string) {
  const next = join(place, "node_modules/next/dist/bin/next");
  const server = spawn(process.execPath, [next, "start", "--port", "0"], { cwd: place });
  for await (const line of createInterface(server.stdout)) {
    const [url] = /http:\/\/localhost:\d+/.exec(line) ?? [];
    if (url === undefined) continue;
    return {
      url,
      async [Symbol.asyncDispose]() {
        server.kill();
        await once(server, "exit");
      },
    };
  }
  throw new Error("next start ended");
}
