// Whatever a page has as a photo is classified alike.
import { drawFlower, encodeAnimation, encodeJpeg, encodePng, startStaticServer } from "@fleuron/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, openLab } from "./fixtures/lab.js";
import type { Photo, WebClassifier } from "./index.js";

declare global {
  interface Window {
    classifier: WebClassifier;
    bitmapOfPhoto(): Promise<ImageBitmap>;
  }
}

const flower = drawFlower({ width: 120, height: 90, seed: 8, label: 2 });
const anotherFlower = drawFlower({ width: 120, height: 90, seed: 9, label: 0 });
const jpeg = await encodeJpeg(flower);

let lab: Lab;
let page: Page;
/** The probabilities of the file. */
let expected: readonly number[];

beforeAll(async () => {
  lab = await openLab({
    crossOriginIsolated: false,
    files: {
      "/photo.png": await encodePng(flower),
      "/photo.jpg": jpeg,
      "/turned.jpg": await encodeJpeg(flower, { orientation: 6 }),
      "/animation.webp": await encodeAnimation([flower, anotherFlower]),
      "/large.jpg": await encodeJpeg(drawFlower({ width: 4000, height: 3000, seed: 3 })),
      "/cut.jpg": jpeg.subarray(0, jpeg.length * 0.6),
      "/text.jpg": "no photo",
    },
  });
  page = await lab.page();
  await page.evaluate(async () => {
    window.classifier = await window.fleuron.loadClassifier("/bundle/");
    window.bitmapOfPhoto = async () => createImageBitmap(await (await fetch("/photo.png")).blob());
  });
  expected = await probabilities(async () => (await fetch("/photo.png")).blob());
});
afterAll(() => lab[Symbol.asyncDispose]());

/** The probabilities of the photo that `make` gives in the page. */
async function probabilities(make: () => Promise<Photo>): Promise<number[]> {
  const photo = await page.evaluateHandle(make);
  return page.evaluate(async (photo) => {
    const { predictions } = await window.classifier.classify(photo);
    return window.classifier.manifest.labels.map(
      (wanted) => predictions.find(({ label }) => label === wanted)!.probability,
    );
  }, photo);
}

describe("a photo", () => {
  it.each<[string, () => Promise<Photo>]>([
    ["an address, relative to the page", async () => "photo.png"],
    ["a URL", async () => new URL("/photo.png", location.href)],
    ["a File", async () => new File([await (await fetch("/photo.png")).blob()], "photo.png")],
    ["an ImageBitmap", async () => window.bitmapOfPhoto()],
    [
      "ImageData",
      async () => {
        const bitmap = await window.bitmapOfPhoto();
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      },
    ],
    [
      "a VideoFrame",
      async () => {
        const bitmap = await window.bitmapOfPhoto();
        return new VideoFrame(bitmap, { timestamp: 0 });
      },
    ],
    ["an <img> that is still loading", async () => Object.assign(new Image(), { src: "/photo.png" })],
    [
      "a <canvas>",
      async () => {
        const bitmap = await window.bitmapOfPhoto();
        const canvas = Object.assign(document.createElement("canvas"), { width: 120, height: 90 });
        canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
        return canvas;
      },
    ],
    [
      "an OffscreenCanvas",
      async () => {
        const bitmap = await window.bitmapOfPhoto();
        const canvas = new OffscreenCanvas(120, 90);
        canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
        return canvas;
      },
    ],
  ])("may be %s", async (_, make) => {
    const given = await probabilities(make);
    given.forEach((probability, label) => {
      expect(probability).toBeCloseTo(expected[label]!, 5);
    });
  });

  it("may be an <img> that is turned as its EXIF tag says, like its file", async () => {
    const file = await probabilities(async () => (await fetch("/turned.jpg")).blob());
    const image = await probabilities(async () => Object.assign(new Image(), { src: "/turned.jpg" }));
    const upright = await probabilities(async () => (await fetch("/photo.jpg")).blob());
    image.forEach((probability, label) => {
      expect(probability).toBeCloseTo(file[label]!, 5);
    });
    expect(file).not.toEqual(upright);
  });

  it("may be a <video>, whose frame it is", async () => {
    const given = await probabilities(async () => {
      const bitmap = await window.bitmapOfPhoto();
      const canvas = Object.assign(document.createElement("canvas"), { width: 120, height: 90 });
      const context = canvas.getContext("2d")!;
      const video = Object.assign(document.createElement("video"), {
        muted: true,
        srcObject: canvas.captureStream(),
      });
      const timer = setInterval(() => context.drawImage(bitmap, 0, 0), 20);
      await video.play();
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      clearInterval(timer);
      return video;
    });
    // Frames of a stream may be stored as luma and half as much chroma.
    given.forEach((probability, label) => {
      expect(Math.abs(probability - expected[label]!)).toBeLessThan(0.05);
    });
  });

  it("may be an animation, whose first frame counts", async () => {
    const actual = await probabilities(async () => (await fetch("/animation.webp")).blob());
    expect(actual).toEqual(expected);
  });

  it("stays the caller's: bitmaps and frames can be used again", async () => {
    const sizes = await page.evaluate(async () => {
      const bitmap = await window.bitmapOfPhoto();
      const frame = new VideoFrame(bitmap, { timestamp: 0 });
      await window.classifier.classify([bitmap, frame]);
      return [bitmap.width, frame.codedWidth];
    });
    expect(sizes).toEqual([120, 120]);
  });

  it("may have 12 megapixels", async () => {
    const timings = await page.evaluate(async () => (await window.classifier.classify("/large.jpg")).timings);
    expect(Object.keys(timings).sort()).toEqual(["decode", "preprocess", "run"]);
  });
});

describe("what is no photo", () => {
  const failureOf = (photo: unknown) =>
    page.evaluate((photo) => window.failure(window.classifier.classify(photo as Photo)), photo);

  it("is named by its kind", async () => {
    expect(await failureOf({ data: [1, 2] })).toMatchObject({
      code: "photo-unsupported",
      message: "A photo cannot be given as Object.",
    });
    expect(await failureOf(null)).toMatchObject({ message: "A photo cannot be given as Null." });
  });

  it.each(["cut", "text"])("is named by its address: %s.jpg", async (name) => {
    expect(await failureOf(`/${name}.jpg`)).toMatchObject({
      code: "photo-unreadable",
      subject: `${lab.server.url}/${name}.jpg`,
    });
  });

  it("is named by what it is", async () => {
    expect(await failureOf("/cut.jpg")).toMatchObject({
      message: expect.stringContaining("it was cut short"),
    });
    const failure = await page.evaluate(() =>
      window.failure(window.classifier.classify(new File(["\0\0\0\x18ftypheic"], "IMG_1.heic"))),
    );
    expect(failure).toMatchObject({
      code: "photo-unsupported",
      message: "IMG_1.heic is a HEIC file, which cannot be read here.",
    });
  });

  it("is named by its file's name", async () => {
    const failure = await page.evaluate(() =>
      window.failure(window.classifier.classify(new File(["no photo"], "holiday.jpg"))),
    );
    expect(failure).toMatchObject({ code: "photo-unreadable", subject: "holiday.jpg" });
  });

  it("and has an address without a file is rejected", async () => {
    expect(await failureOf("/none.jpg")).toMatchObject({ code: "http-status" });
  });

  it("and is an <img> that did not load is rejected", async () => {
    const failure = await page.evaluate(() =>
      window.failure(window.classifier.classify(Object.assign(new Image(), { src: "/text.jpg" }))),
    );
    expect(failure).toMatchObject({
      code: "photo-unreadable",
      message: expect.stringContaining("HTMLImageElement"),
    });
  });

  it("and came from another origin without its permission is rejected", async () => {
    await using other = await startStaticServer({ files: { "/photo.jpg": jpeg } });
    const failure = await page.evaluate(async (src) => {
      const image = Object.assign(new Image(), { src });
      await image.decode();
      return window.failure(window.classifier.classify(image));
    }, `${other.url}/photo.jpg`);
    expect(failure).toMatchObject({ code: "photo-unreadable" });
  });

  it("and is a bitmap that was closed is rejected, with that as a reason", async () => {
    const failure = await page.evaluate(async () => {
      const bitmap = await window.bitmapOfPhoto();
      bitmap.close();
      return window.classifier.classify(bitmap).then(
        () => undefined,
        ({ code, hint }) => ({ code, hint }),
      );
    });
    expect(failure).toEqual({ code: "photo-unreadable", hint: expect.stringContaining("It was closed") });
  });

  it("does not stop those after it", async () => {
    const outcomes = await page.evaluate(async () => {
      const photos = ["/photo.jpg", "/cut.jpg", "/photo.jpg"];
      const settled = await Promise.allSettled(photos.map((photo) => window.classifier.classify(photo)));
      return settled.map(({ status }) => status);
    });
    expect(outcomes).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });
});

it("gives as many labels as are asked for", async () => {
  const count = await page.evaluate(async () => {
    const { predictions } = await window.classifier.classify("/photo.jpg", { topK: 2 });
    return { two: predictions.length, none: await window.classifier.classify([]) };
  });
  expect(count).toEqual({ two: 2, none: [] });
  const failure = await page.evaluate(() =>
    window.failure(window.classifier.classify("/photo.jpg", { topK: 1.5 })),
  );
  expect(failure).toMatchObject({ code: "option-invalid", subject: "topK" });
});

/** What classifying gives where canvases are the only way, and what pages read from them differs in a value. */
async function throughNoise(levels: number) {
  const noisy = await lab.page();
  return noisy.evaluate(async (levels) => {
    Object.assign(window, { VideoFrame: undefined });
    const { getImageData } = OffscreenCanvasRenderingContext2D.prototype;
    OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...rectangle) {
      const image = getImageData.apply(this, rectangle);
      image.data[5]! += image.data[5]! < 128 ? levels : -levels;
      return image;
    };
    const warnings: string[] = [];
    const classifier = await window.fleuron.loadClassifier("/bundle/", {
      worker: false,
      onWarning: ({ code }) => warnings.push(code),
    });
    const failure = await window.failure(classifier.classify(["/photo.jpg", "/photo.jpg"]));
    await classifier.dispose();
    return { warnings, failure };
  }, levels);
}

describe("a canvas that the browser randomises, where pixels cannot be read without one", () => {
  it("is warned of, once, where it changes them a little", async () => {
    expect(await throughNoise(1)).toEqual({ warnings: ["canvas-randomised"], failure: undefined });
  });

  it("is an error where it changes them beyond recognition", async () => {
    expect(await throughNoise(100)).toMatchObject({
      warnings: [],
      failure: {
        code: "browser-unsupported",
        message: expect.stringContaining("does not let pages read pictures"),
      },
    });
  });
});
