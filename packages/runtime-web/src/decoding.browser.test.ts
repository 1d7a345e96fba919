// What the network is fed in a browser is what it is fed in Node, from the bytes of the same files.
import { type PreprocessingSpecification, preprocess } from "@fleuron/model";
import { decodePhoto } from "@fleuron/runtime-node";
import { drawFlower, drawTiles, encodeJpeg, encodePng, encodeWebp, withExif } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleForPage } from "./fixtures/bundle-for-page.js";
import type * as DecodeInPage from "./fixtures/decode-in-page.js";
import { type Lab, openLab } from "./fixtures/lab.js";
import { oddPreprocessing } from "./fixtures/made-up-bundle.js";

declare global {
  interface Window {
    decoding: typeof DecodeInPage;
  }
}

/** One level of 255 is `1 / 255`. */
const levels: PreprocessingSpecification = { ...oddPreprocessing, mean: [0, 0, 0], std: [1, 1, 1] };
const flower = drawFlower({ width: 97, height: 63, seed: 5, label: 2 });
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

const photos: Readonly<Record<string, Buffer>> = {
  ...Object.fromEntries(
    await Promise.all(
      orientations.map(
        async (orientation) =>
          [`orientation-${orientation}.jpg`, await encodeJpeg(drawTiles(30), { orientation })] as const,
      ),
    ),
  ),
  "turned.webp": withExif(await encodeWebp(flower), { orientation: 6 }),
  "turned.png": withExif(await encodePng(flower), { orientation: 7, littleEndian: true }),
  "turned-by-a-long.jpg": withExif(await encodeJpeg(flower), { orientation: 5, type: "long" }),
  "plain.jpg": await encodeJpeg(flower),
  "grey.jpg": await encodeJpeg(flower, { colours: "b-w" }),
  "cmyk.jpg": await encodeJpeg(flower, { colours: "cmyk" }),
  "palette.png": await encodePng(flower, { colours: "palette" }),
  "grey.png": await encodePng(flower, { colours: "grey" }),
  "16-bit.png": await encodePng(flower, { colours: "rgb16" }),
  "display-p3.png": await encodePng(flower, { profile: "p3" }),
  "translucent.png": await encodePng(flower, { alpha: 100 }),
  "translucent.webp": await encodeWebp(flower, { alpha: 37 }),
};

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    files: {
      "/decoding.js": await bundleForPage("decode-in-page.ts"),
      ...Object.fromEntries(Object.entries(photos).map(([name, bytes]) => [`/photos/${name}`, bytes])),
    },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

async function decodingPage(): Promise<Page> {
  const page = await lab.page();
  await page.addScriptTag({
    type: "module",
    content: 'import * as decoding from "/decoding.js"; window.decoding = decoding;',
  });
  await page.waitForFunction(() => window.decoding !== undefined);
  return page;
}

/** Differences of the network's input from Node's, in levels of 255. */
async function difference(
  page: Page,
  name: string,
): Promise<{ readonly mean: number; readonly max: number }> {
  const decoded = await decodePhoto(photos[name]!, { background: levels.background });
  const expected = preprocess(decoded, levels);
  const { width, height, input } = await page.evaluate(
    ([url, levels]) => window.decoding.inputOf(url, levels),
    [`${lab.server.url}/photos/${name}`, levels] as const,
  );
  expect([width, height]).toEqual([decoded.width, decoded.height]);
  const differences = input.map((value, index) => Math.abs(value - expected[index]!) * 255);
  return {
    mean: differences.reduce((sum, value) => sum + value, 0) / differences.length,
    max: Math.max(...differences),
  };
}

const translucent = Object.keys(photos).filter((name) => name.startsWith("translucent"));
const opaque = Object.keys(photos).filter((name) => name !== "cmyk.jpg" && !translucent.includes(name));

describe("without a canvas", () => {
  let page: Page;
  beforeAll(async () => {
    page = await decodingPage();
  });

  it.each(opaque)("%s is exactly the same in the browser", async (name) => {
    expect((await difference(page, name)).max).toBeLessThan(0.01);
  });

  it.each(translucent)(
    "%s is the same to one level, for Chromium keeps it multiplied by alpha",
    async (name) => {
      expect((await difference(page, name)).max).toBeLessThan(1.01);
    },
  );

  it("cmyk.jpg is converted by Chromium itself, where Node follows a profile: 6 levels apart on average", async () => {
    const { mean } = await difference(page, "cmyk.jpg");
    expect(mean).toBeGreaterThan(3);
    expect(mean).toBeLessThan(10);
  });
});

describe("through a canvas, where WebCodecs is missing", () => {
  let page: Page;
  beforeAll(async () => {
    page = await decodingPage();
    await page.evaluate(() => Object.assign(window, { VideoFrame: undefined }));
  });

  it.each([...opaque, ...translucent])("%s is within 2 levels on average", async (name) => {
    expect((await difference(page, name)).mean).toBeLessThan(2);
  });
});
