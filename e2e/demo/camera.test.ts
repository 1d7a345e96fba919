// The camera, from a device that Chromium makes up.
import { launchChromium } from "@fleuron/chromium";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { newPage, predictionsOf, specimens } from "./page-actions.js";
import { openSite, type Site } from "./site.js";

/** Chromium answers its own question. */
const answering = (answer: "accept" | "deny") => [
  "--use-fake-device-for-media-stream",
  `--use-fake-ui-for-media-stream=${answer}`,
];

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await openSite({ args: answering("accept") });
});
afterAll(() => site?.[Symbol.asyncDispose]());
afterEach(() => page.context().close());

it("names what it sees, tells its frame rate, and keeps a picture", async () => {
  page = await newPage(site.browser);
  await page.goto(site.url);
  await page.getByRole("button", { name: "Live camera" }).click();
  await page
    .locator("#camera .rate")
    .getByText(/^WebAssembly · classified in .+ · [\d.]+ frames a second$/)
    .waitFor();
  expect(site.labels).toContain(await page.locator("#camera .title .serif").textContent());
  expect(await page.locator("#camera .bars dt").allTextContents()).toEqual(site.labels);
  await page.getByRole("button", { name: "Keep this picture" }).click();
  await predictionsOf(specimens(page).first());
  expect(await page.evaluate(() => document.querySelector("video")?.srcObject !== null)).toBe(true);
  await page.getByRole("button", { name: "Close the camera" }).click();
  await page.locator("#camera").waitFor({ state: "hidden" });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("open-camera");
});

it("that is unplugged is reported, and its last picture goes", async () => {
  page = await newPage(site.browser);
  await page.goto(site.url);
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      Object.assign(globalThis, { track: stream.getTracks()[0] });
      return stream;
    };
  });
  const button = page.getByRole("button", { name: "Live camera" });
  await button.click();
  await page.locator("#camera .rate").getByText("frames a second").waitFor();
  await page.getByRole("button", { name: "Close the camera" }).focus();
  await page.evaluate(() => {
    const { track } = globalThis as typeof globalThis & { track: MediaStreamTrack };
    track.stop();
    track.dispatchEvent(new Event("ended"));
  });
  await page.locator("#camera").getByRole("alert").getByText("The camera was disconnected.").waitFor();
  expect(await page.locator("#camera video").count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("open-camera");
  await button.click();
  await page.locator("#camera .rate").getByText("frames a second").waitFor();
});

it("that is refused is reported with the way to allow it, and can be tried again", async () => {
  await using browser = await launchChromium({ args: answering("deny") });
  page = await newPage(browser);
  await page.goto(site.url);
  const open = page.getByRole("button", { name: "Live camera" });
  for (let attempt = 0; attempt < 2; attempt++) {
    await open.click();
    const alert = page.locator("#camera").getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toBe(
      "The camera was refused. Allow it for this page in the browser's address bar.",
    );
  }
});

it("is offered to fingers as one photo at a time, too", async () => {
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 375, height: 812 } };
  page = await newPage(site.browser, phone);
  await page.goto(site.url);
  const take = page.getByLabel("Take a photo");
  await page.getByText("Take a photo").waitFor();
  expect(await take.getAttribute("capture")).toBe("environment");
  expect(await page.getByText("Drop photos here").isVisible()).toBe(false);
  await take.setInputFiles(site.photo);
  await predictionsOf(specimens(page).first());
});
