// The page for those who use no mouse, or see little or nothing of it.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { give, newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { openSite, type Site } from "./site.js";

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.[Symbol.asyncDispose]());
beforeEach(async () => {
  page = await newPage(site.browser, { viewport: { width: 1280, height: 900 } });
  await page.goto(site.url);
  await runsNow(page).getByText("WebAssembly").waitFor();
});
afterEach(() => page.context().close());

const announced = (words: string | RegExp) => page.getByRole("status").getByText(words).waitFor();
/** What has the keyboard, as a screen reader names it. */
const focused = async () => {
  const snapshot = await page.locator(":focus").ariaSnapshot();
  return /^- (.+?)(?: \[.*\])*(?::.*)?$/m.exec(snapshot)?.[1];
};
const tab = async (times = 1) => {
  for (let time = 0; time < times; time++) await page.keyboard.press("Tab");
};

it("goes from control to control in the order of the page, each with a name", async () => {
  const order: unknown[] = [];
  for (let stop = 0; stop < 11; stop++) {
    await tab();
    order.push(await focused());
  }
  expect(order).toEqual([
    'link "Teach it your own"',
    'button "Choose photos"',
    'button "Live camera"',
    ...[1, 2, 3, 4, 5].map((number) => `button "Sample picture ${number}"`),
    'radio "automatic a real GPU, else WebAssembly"',
    'radio "automatic best for this device"',
    'button "Delete the stored model"',
  ]);
});

it("has its parts under headings and names", async () => {
  await give(page, "drop", site.photo);
  await predictionsOf(specimens(page).first());
  const outline = (await page.locator("main").ariaSnapshot())
    .split("\n")
    .filter((line) => /- (heading|region|group|status)/.test(line))
    .map((line) => line.trim().replace(/:.*$/, ""));
  expect(outline).toEqual([
    '- heading "What is in this photo?" [level=1]',
    '- region "Your photos"',
    '- region "Classified photos"',
    '- heading "How it runs" [level=2]',
    '- group "Runs on"',
    '- group "Weights in"',
    '- region "The model"',
    '- heading "The model" [level=2]',
    "- status",
  ]);
});

it("says aloud when the model is ready, what is on a photo, and why", async () => {
  await announced(/^Ready after .+ s, on WebAssembly in float16\.$/);
  await tab(4);
  await page.keyboard.press("Enter");
  await announced(/^Sample picture 1: \w+, [<>\d. ]+%$/);
  await tab(5);
  expect(await focused()).toBe('button "Why?"');
  const worker = page.waitForEvent("worker", (worker) => worker.url().endsWith("/pixels-worker.js"));
  await page.keyboard.press("Space");
  await worker;
  await announced(/^(Bright areas favour|No single area decides for) \w+/);
  expect(await page.getByRole("button", { name: "Why?", pressed: true }).count()).toBe(1);
});

it("keeps the keyboard's place when a photo is removed", async () => {
  for (const number of [1, 2]) await page.getByRole("button", { name: `Sample picture ${number}` }).click();
  await predictionsOf(specimens(page).nth(1));
  await page.getByRole("button", { name: "Remove Sample picture 2" }).press("Enter");
  expect(await focused()).toBe('button "Remove Sample picture 1"');
  await page.keyboard.press("Enter");
  expect(await focused()).toBe('button "Choose photos"');
});

it("keeps the keyboard's place when the stored model is deleted, and says so until another is stored", async () => {
  const keeping = page.locator(".keeping");
  await page.getByRole("button", { name: "Delete the stored model" }).press("Enter");
  await announced("The stored model was deleted: the next visit loads it again.");
  expect(await keeping.evaluate((node) => node === document.activeElement)).toBe(true);
  await page.getByRole("radio", { name: /^int8/ }).check();
  await runsNow(page).getByText("WebAssembly, weights in int8").waitFor();
  await keeping.getByText("The model is stored in this browser").waitFor();
  expect(await page.getByRole("button", { name: "Delete the stored model" }).count()).toBe(1);
});

it("switches by arrow keys", async () => {
  await page.getByRole("radio", { name: /^automatic best for/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe('radio "int8 293 KB"');
  await runsNow(page).getByText("WebAssembly, weights in int8").waitFor();
});

describe("bars", () => {
  const barOf = async () => {
    await give(page, "drop", site.photo);
    await predictionsOf(specimens(page).first());
    return specimens(page).locator(".bar i").first();
  };

  it("grow only for those who like motion", async () => {
    const bar = await barOf();
    const seconds = () => bar.evaluate((node) => getComputedStyle(node).transitionDuration);
    expect(await seconds()).toBe("0.3s");
    await page.emulateMedia({ reducedMotion: "reduce" });
    expect(await seconds()).toBe("0s");
  });

  it("are seen in the colours that a visitor forces upon pages", async () => {
    const bar = await barOf();
    await page.emulateMedia({ forcedColors: "active" });
    const [fill, track] = await bar.evaluate((node) =>
      [node, node.parentElement!].map((each) => getComputedStyle(each).backgroundColor),
    );
    expect(fill).not.toBe(track);
  });
});

describe.each([
  ["320 pixels wide", { width: 320, height: 640 }],
  // Chromium zooms by giving a page fewer pixels of its own.
  ["at 200% on a screen of 1280", { width: 640, height: 400 }],
  ["at 400% on a screen of 1280", { width: 320, height: 256 }],
])("%s", (_, viewport) => {
  it("needs no scrolling sideways, and cuts nothing off", async () => {
    await page.setViewportSize(viewport);
    await give(page, "drop", site.photo, site.photo);
    await predictionsOf(specimens(page).nth(1));
    const overflowing = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("main *:not(.visually-hidden)")]
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
        .map(({ tagName, className }) => `${tagName} ${className}`),
    );
    expect(overflowing).toEqual([]);
  });
});
