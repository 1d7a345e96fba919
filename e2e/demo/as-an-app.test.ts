// The page as an app of its own: installed from a subfolder of a host, opened without a network.
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { give, newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { openSite, type Site } from "./site.js";

let site: Site;
let page: Page;
let devTools: CDPSession;

beforeAll(async () => {
  site = await openSite();
  page = await newPage(site.browser);
  devTools = await page.context().newCDPSession(page);
  await page.goto(site.url);
});
afterAll(() => site?.[Symbol.asyncDispose]());

it("has a manifest that Chromium has nothing against", async () => {
  const { url, errors, data } = await devTools.send("Page.getAppManifest");
  expect(url).toBe(`${site.url}manifest.webmanifest`);
  expect(errors).toEqual([]);
  const { name, start_url, scope, display } = JSON.parse(data ?? "");
  expect([start_url, scope].map((path) => new URL(path, url).href)).toEqual([site.url, site.url]);
  expect({ name, display }).toEqual({ name: "Fleuron: what is in this photo?", display: "standalone" });
  const { installabilityErrors } = await devTools.send("Page.getInstallabilityErrors");
  // Playwright's contexts are private ones, from which a whole Chromium installs nothing.
  const others = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
  expect(others).toEqual([]);
});

it("has icons of the sizes that it claims", async () => {
  const { icons } = (await (await page.request.get(`${site.url}manifest.webmanifest`)).json()) as {
    readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string }[];
  };
  const measured = await page.evaluate(async (icons) => {
    const sizes = [];
    for (const { src } of icons) {
      const image = new Image();
      image.src = src;
      await image.decode();
      sizes.push(`${image.naturalWidth}x${image.naturalHeight}`);
    }
    return sizes;
  }, icons);
  expect(icons.map(({ sizes }) => sizes)).toEqual(["any", "192x192", "512x512", "512x512"]);
  expect(measured.slice(1)).toEqual(icons.slice(1).map(({ sizes }) => sizes));
});

it("lies in its own folder: its worker rules no more, and nothing was asked of the rest of the host", async () => {
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(scope).toBe(site.url);
  await runsNow(page).getByText("WebAssembly").waitFor();
  const { pathname } = new URL(site.url);
  expect(site.server.requests.filter((path) => !path.startsWith(pathname))).toEqual([]);
});

it("opens without a network after its first visit, and names photos", async () => {
  await give(page, "drop", site.photo);
  const before = await predictionsOf(specimens(page).first());
  await site.server.close();
  await page.reload();
  await give(page, "drop", site.photo);
  expect(await predictionsOf(specimens(page).first())).toEqual(before);
  await page.getByRole("button", { name: "Sample picture 1" }).click();
  await predictionsOf(specimens(page).first());
});
