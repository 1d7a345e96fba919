// The page as an app of its own: installed from a subfolder of a host, opened without a network.
import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { give, newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { MANIFEST, openSite, type Site } from "./site.js";

let site: Site;
let page: Page;
let devTools: CDPSession;

const ICON = "icon.svg";
/** What the page of another folder of this host keeps, and an older one of this folder. */
const [NEIGHBOUR, OLDER] = ["fleuron-page-/some/where/else/ 0", "fleuron-page-/some/where/ 0"];

beforeAll(async () => {
  site = await openSite();
  page = await newPage(site.browser);
  devTools = await page.context().newCDPSession(page);
  await page.goto(site.url + ICON);
  await page.evaluate((names) => Promise.all(names.map((name) => caches.open(name))), [NEIGHBOUR, OLDER]);
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

it("drops what an older build of it keeps, and nothing of a neighbour's", async () => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const kept = () => page.evaluate(() => caches.keys());
  await expect.poll(kept).not.toContain(OLDER);
  expect(await kept()).toContain(NEIGHBOUR);
  expect(await kept()).toContainEqual(expect.stringMatching(/^fleuron-page-\/some\/where\/ \w{16}$/));
});

describe("the manifest", () => {
  const labels = () => page.locator("#card dd").first().textContent();
  const keptManifest = (url: string) => caches.match(url).then((response) => response?.text());

  it("is the one that the server sends, where there is no room to keep it, too", async () => {
    const origin = new URL(site.url).origin;
    const manifest = await (await fetch(site.server.url + MANIFEST)).text();
    site.server.setFault(MANIFEST, { contents: manifest.replaceAll("daisy", "marguerite") });
    await devTools.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
    await page.reload();
    expect(await labels()).toMatch(/^marguerite, /);
    await devTools.send("Storage.overrideQuotaForOrigin", { origin });
    site.server.setFault(MANIFEST, undefined);
    await page.reload();
    expect(await labels()).toMatch(/^daisy, /);
  });

  it("is no web page that a host sends in its place", async () => {
    site.server.setFault(MANIFEST, { contents: "<!doctype html>", headers: { "Content-Type": "text/html" } });
    await page.reload();
    await page.locator("#load").getByRole("alert").waitFor();
    expect(await page.evaluate(keptManifest, site.server.url + MANIFEST)).toMatch(/^\{/);
    site.server.setFault(MANIFEST, undefined);
    await page.reload();
    await runsNow(page).getByText("WebAssembly").waitFor();
  });
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
