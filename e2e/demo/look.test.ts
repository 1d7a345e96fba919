// How the page looks, beside stored pictures: a stylesheet that is gone and a layout that breaks are seen. Machines have
// other fonts and draw edges otherwise, so the text is in a font that comes with the tests, fixed figures stand for the
// measured ones, and what is compared is a mosaic. After a change that was meant: delete e2e/demo/look/, run this twice
// and look at e2e/screenshots/.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeMosaic, differingCells, encodeMosaic, mosaicOf } from "./mosaic.js";
import { newPage, predictionsOf, runsNow, specimens } from "./page-actions.js";
import { openSite, type Site } from "./site.js";

const STORED = new URL("look/", import.meta.url);
const SEEN = new URL("../screenshots/", import.meta.url);

/** Cells of some tens of thousands: radio buttons of another system. Between Chromium 143 and 156 on Linux none differs. */
const MOST_DIFFERING = 30;

let site: Site;
beforeAll(async () => {
  // On all machines the same provider, for the same reason.
  site = await openSite({ webgpu: false });
  await Promise.all([STORED, SEEN].map((folder) => mkdir(folder, { recursive: true })));
});
afterAll(() => site?.[Symbol.asyncDispose]());

describe.each([
  { device: "desktop", viewport: { width: 1280, height: 2060 } },
  { device: "phone", viewport: { width: 375, height: 3100 }, hasTouch: true, isMobile: true },
])("on a $device", ({ device, ...options }) => {
  it.each(["light", "dark"] as const)("it looks as it did, %s", async (colorScheme) => {
    // Without the page's policy, for the font's sake.
    const surroundings = { ...options, colorScheme, reducedMotion: "reduce", bypassCSP: true } as const;
    const page = await newPage(site.browser, surroundings);
    await page.goto(site.url);
    await useFont(page);
    await runsNow(page).getByText("WebAssembly").waitFor();
    await page.getByRole("button", { name: "Sample picture 3" }).click();
    await predictionsOf(specimens(page).first());
    await fixFigures(page);
    const picture = await page.screenshot();
    await page.context().close();

    const name = `${device}-${colorScheme}.png`;
    await writeFile(new URL(name, SEEN), picture);
    const seen = await mosaicOf(picture);
    const stored = await readFile(new URL(name, STORED)).catch(() => undefined);
    if (stored === undefined) {
      await writeFile(new URL(name, STORED), await encodeMosaic(seen));
      throw new Error(
        `There was no e2e/demo/look/${name}. There is now, of e2e/screenshots/${name}: look at it.`,
      );
    }
    expect(differingCells(seen, await decodeMosaic(stored))).toBeLessThan(MOST_DIFFERING);
  });
});

const FACES = [
  { weight: 400, style: "normal" },
  { weight: 400, style: "italic" },
  { weight: 600, style: "normal" },
] as const;

/** All text in Open Sans; the fleuron, which it does not have, is a space of fixed width. */
async function useFont(page: Page): Promise<void> {
  const require = createRequire(import.meta.url);
  const faces = FACES.map(async ({ weight, style }) => {
    const file = require.resolve(`@fontsource/open-sans/files/open-sans-latin-${weight}-${style}.woff2`);
    const source = `url(data:font/woff2;base64,${await readFile(file, "base64")})`;
    return `@font-face { font-family: Fixed; font-weight: ${weight}; font-style: ${style}; src: ${source} }`;
  });
  const rules = [
    ...(await Promise.all(faces)),
    // Letters as wide as the font has them, and not as a machine's pixels would like them.
    "* { font-family: Fixed !important; text-rendering: geometricPrecision }",
    ".mark { display: inline-block; width: 1em; overflow: hidden; color: transparent }",
  ];
  await page.addStyleTag({ content: rules.join("\n") });
  await page.evaluate(() => document.fonts.ready);
}

/** In the place of what is measured, or is another with each version of the page's libraries. */
async function fixFigures(page: Page): Promise<void> {
  const replace = (selector: string, words: string) =>
    page.locator(selector).evaluate((node, words) => {
      node.textContent = words;
    }, words);
  await replace(".load-words", "Ready after 1.2 s, on WebAssembly in float16.");
  await replace(
    ".path",
    "Sample picture 3 · 25 November 2026 · WebAssembly · decoded, prepared and named in 30 ms",
  );
  await replace("#engine-body .told dd >> nth=2", "1.23 s");
  await replace("#card dd >> nth=-1", "0123456789abcdef");
}
