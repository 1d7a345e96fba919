// The same photo is the same numbers in a browser as in Node: a zoo of files, with what docs/photos.md says of them.
import { readFile } from "node:fs/promises";
import { type PreprocessingSpecification, preprocess } from "@fleuron/model";
import { decodePhoto } from "@fleuron/runtime-node/photos";
import {
  type DrivenBrowser,
  type DrivenPage,
  drawFlower,
  encodePlainJpeg,
  encodePng,
  findFirefox,
  findWebKit,
  importedPreprocessing,
  launchFirefox,
  launchWebKit,
  photoZoo,
  type ZooKind,
} from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bundleForPage } from "./fixtures/bundle-for-page.js";
import type * as DecodeInPage from "./fixtures/decode-in-page.js";
import { type Lab, openLab } from "./fixtures/lab.js";
import { oddPreprocessing } from "./fixtures/made-up-bundle.js";

declare global {
  interface Window {
    decoding: typeof DecodeInPage;
  }
}

const zoo = await photoZoo();
const png = await encodePng(drawFlower({ label: 1, seed: 5, width: 90, height: 50 }));
const huge = await encodePlainJpeg(16_320, 12_240);
const documentation = await readFile(new URL("../../../docs/photos.md", import.meta.url), "utf8");
const pathOf = ({ kind }: ZooKind, index: number) => `/zoo/${kind.replace(/\W+/g, "-")}-${index}` as const;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    files: {
      "/decoding.js": await bundleForPage("decode-in-page.ts"),
      "/decoding.html": '<!doctype html><script type="module" src="/decoding-page.js"></script>',
      "/decoding-page.js": 'import * as decoding from "/decoding.js"; window.decoding = decoding;',
      "/huge.jpg": huge,
      "/photo.png": png,
      ...Object.fromEntries(
        zoo.flatMap((kind) => kind.photos.map((photo, index) => [pathOf(kind, index), photo])),
      ),
    },
  });
});
afterAll(() => lab[Symbol.asyncDispose]());

async function decodingPage(webCodecs: boolean): Promise<Page> {
  const page = await lab.page();
  await page.addScriptTag({
    type: "module",
    content: 'import * as decoding from "/decoding.js"; window.decoding = decoding;',
  });
  await page.waitForFunction(() => window.decoding !== undefined);
  if (!webCodecs) await page.evaluate(() => Object.assign(window, { VideoFrame: undefined }) && undefined);
  return page;
}

type Evaluates = Pick<DrivenPage, "evaluate"> | Pick<Page, "evaluate">;

/** The largest difference of a level from Node's, or the words in which both refuse. */
async function verdictOf(page: Evaluates, kind: ZooKind): Promise<string> {
  const urls = kind.photos.map((_, index) => `${lab.server.url}${pathOf(kind, index)}`);
  const outcomes = await (page as DrivenPage).evaluate((urls) => window.decoding.pixelsOf(urls), urls);
  const verdicts = outcomes.map(async (outcome, index) => {
    const node = await decodePhoto(kind.photos[index]!).catch((error: Error) => error.message);
    if (typeof node === "string" || typeof outcome === "string") {
      expect(outcome, `${kind.kind} ${index}`).toBe(node);
      return "refused";
    }
    expect([outcome.width, outcome.height]).toEqual([node.width, node.height]);
    return outcome.values.reduce((most, value, at) => Math.max(most, Math.abs(value - node.data[at]!)), 0);
  });
  const found = new Set(await Promise.all(verdicts));
  if (found.has("refused")) {
    expect(found.size).toBe(1);
    return "refused";
  }
  const most = Math.max(...(found as Set<number>));
  return most === 0 ? "equal" : `≤ ${most}`;
}

/** What docs/photos.md says of a kind, in a column of its table. */
function documented({ kind, photos }: ZooKind, column: string): string {
  const cells = (line: string) => line.split("|").map((cell) => cell.trim());
  const lines = documentation
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map(cells);
  const row = lines.find(([, name]) => name === kind);
  expect(row?.[2]).toBe(String(photos.length));
  return row![lines[0]!.indexOf(column)]!;
}

describe("in Chromium", () => {
  let page: Page;
  beforeAll(async () => {
    page = await decodingPage(true);
  });

  it.each(zoo)("as docs/photos.md says: $kind", async (kind) => {
    expect(await verdictOf(page, kind)).toBe(documented(kind, "Chromium"));
  });

  it("a photo becomes Node's input to the bit, for sides that differ, a border and blue first", async () => {
    const decoded = await decodePhoto(png);
    const { input } = await page.evaluate(
      ([url, specification]) => window.decoding.inputOf(url, specification),
      [`${lab.server.url}/photo.png`, importedPreprocessing] as const,
    );
    expect(input).toEqual(Array.from(preprocess(decoded, importedPreprocessing)));
  });

  it("a JPEG of 200 megapixels is read, at half its size", async () => {
    const levels: PreprocessingSpecification = { ...oddPreprocessing, mean: [0, 0, 0], std: [1, 1, 1] };
    const decoded = await decodePhoto(huge);
    expect([decoded.width, decoded.height]).toEqual([8160, 6120]);
    const expected = preprocess(decoded, levels);
    const { width, height, input } = await page.evaluate(
      ([url, levels]) => window.decoding.inputOf(url, levels),
      [`${lab.server.url}/huge.jpg`, levels] as const,
    );
    expect([width, height]).toEqual([8160, 6120]);
    const most = input.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[at]!)), 0);
    expect(most * 255).toBeLessThan(1.01);
  });
});

describe("in Chromium, through a canvas, where WebCodecs is missing", () => {
  let page: Page;
  beforeAll(async () => {
    page = await decodingPage(false);
  });

  it.each(zoo)("as docs/photos.md says: $kind", async (kind) => {
    expect(await verdictOf(page, kind)).toBe(documented(kind, "without WebCodecs"));
  });
});

const firefox = findFirefox();
const webkit = findWebKit();
const others = [
  { column: "Firefox", packages: "firefox-esr", launch: firefox ? () => launchFirefox(firefox) : undefined },
  {
    column: "WebKit",
    packages: "webkit2gtk-driver xvfb",
    launch: webkit ? () => launchWebKit(webkit) : undefined,
  },
];

for (const { column, packages, launch } of others) {
  const skipped = launch ? "" : ` (skipped: no ${column} is installed; apt-get install ${packages})`;

  describe.skipIf(!launch)(`in ${column}${skipped}`, () => {
    let browser: DrivenBrowser;
    let page: DrivenPage;
    beforeAll(async () => {
      browser = await launch!();
      page = await browser.page(`${lab.server.url}/decoding.html`);
      // A driver may say that the page is there before its module has run.
      const isThere = () => page.evaluate(() => window.decoding !== undefined, undefined);
      await vi.waitUntil(isThere, { timeout: 60_000 });
    });
    afterAll(() => browser?.[Symbol.asyncDispose]());

    it.each(zoo)("as docs/photos.md says: $kind", async (kind) => {
      expect(await verdictOf(page, kind)).toBe(documented(kind, column));
    });
  });
}
