import { describe, expect, it } from "vitest";
import { centralSquare } from "./box.js";
import type { RgbImage } from "./image.js";
import { levelsOf } from "./levels.js";
import { type Normalisation, normalise } from "./normalise.js";
import { notebookPreprocessing } from "./notebook.js";
import { preprocess } from "./preprocess.js";
import { resample } from "./resample.js";
import { type PreprocessingSpecification, parsePreprocessing } from "./specification.js";

function gradientImage(width: number, height: number): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7 + ((i / 3) | 0)) % 256);
  return { data, width, height };
}

describe("preprocess", () => {
  it("gives the notebook's input: x ÷ 255, planes of red, green and blue", () => {
    const image = gradientImage(227, 227);
    const input = preprocess(image, notebookPreprocessing);
    expect(input.length).toBe(3 * 227 * 227);
    for (const pixel of [0, 1, 226, 227, 227 * 227 - 1]) {
      for (const channel of [0, 1, 2]) {
        expect(input[channel * 227 * 227 + pixel]).toBe(Math.fround(image.data[pixel * 3 + channel]! / 255));
      }
    }
  });

  it("squashes the whole photo, corners included", () => {
    const image = gradientImage(40, 20);
    const input = preprocess(image, { ...notebookPreprocessing, size: 10 });
    const lastPixel = 19 * 40 + 38; // (9 + 0.5) × 4 = 38, (9 + 0.5) × 2 = 19
    expect(input[99]).toBe(Math.fround(image.data[lastPixel * 3]! / 255));
  });

  it("covers: takes the centre of the photo at the scale of its shorter side", () => {
    const image = gradientImage(60, 40);
    const specification: PreprocessingSpecification = {
      ...notebookPreprocessing,
      size: 10,
      resize: { fit: "cover", filter: "triangle", resizeTo: 20 },
    };
    const box = { left: 20, top: 10, width: 20, height: 20 };
    const expected = new Float32Array(300);
    const centre = resample(image, { box, width: 10, height: 10, filter: "triangle" });
    normalise(centre, specification, expected, 0);
    expect(preprocess(image, specification)).toEqual(expected);
  });

  it("covers with the same pixels as resizing first and cropping then", () => {
    const image = gradientImage(60, 40);
    const resized = resample(image, { width: 30, height: 20, filter: "triangle" });
    const box = { left: 10, top: 5, width: 10, height: 10 };
    const cropped = resample(resized, { box, width: 10, height: 10, filter: "nearest" });
    const atOnce = resample(image, {
      box: centralSquare(image, 0.5),
      width: 10,
      height: 10,
      filter: "triangle",
    });
    expect(atOnce.data).toEqual(cropped.data);
  });

  it.each([
    [{}],
    [{ scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], channelOrder: "bgr" }],
    [{ scale: 1 / 127.5, mean: [1, 1, 1] }],
    [{ scale: 1, mean: [103.939, 116.779, 123.68], std: [58, 57, 57.5] }],
  ] as const)("is undone by levelsOf, level by level, where a photo is normalised by %j", (change) => {
    const specification = { ...notebookPreprocessing, size: 16, ...change } as PreprocessingSpecification;
    const photos = [0, 1].map((photo) => ({
      width: 16,
      height: 16,
      data: Uint8Array.from({ length: 768 }, (_, at) => (at + photo * 5) % 256),
    }));
    const images = new Float32Array(2 * 768);
    for (const [index, photo] of photos.entries()) preprocess(photo, specification, images, index * 768);
    expect([...levelsOf(images, specification)]).toEqual(photos.flatMap(({ data }) => [...data]));
  });

  it("fills one place of a batch and leaves the others", () => {
    const specification = { ...notebookPreprocessing, size: 4 };
    const batch = new Float32Array(3 * 48).fill(-1);
    expect(preprocess(gradientImage(9, 8), specification, batch, 48)).toBe(batch);
    expect(batch.subarray(48, 96)).toEqual(preprocess(gradientImage(9, 8), specification));
    expect([...batch.subarray(0, 48), ...batch.subarray(96)].every((value) => value === -1)).toBe(true);
  });
});

describe("centralSquare", () => {
  it("never leaves the image, whatever the share", () => {
    for (let side = 1; side <= 300; side++) {
      const { left, width } = centralSquare(
        { ...gradientImage(1, 1), width: side, height: side + 3 },
        side / 300,
      );
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(side);
    }
  });
});

describe("normalise", () => {
  it("is (level × scale − mean) ÷ std for each channel", () => {
    const image = { data: Uint8Array.of(0, 128, 255), width: 1, height: 1 };
    const out = new Float32Array(4);
    const normalisation: Normalisation = {
      channelOrder: "rgb",
      scale: 1 / 255,
      mean: [0.5, 0.25, 1],
      std: [0.5, 0.25, 2],
    };
    normalise(image, normalisation, out, 1);
    expect([...out]).toEqual([0, -1, Math.fround((128 / 255 - 0.25) / 0.25), 0]);
  });

  it("takes blue first where the network does, with its own mean and deviation first", () => {
    const image = { data: Uint8Array.of(0, 128, 255), width: 1, height: 1 };
    const out = new Float32Array(3);
    normalise(image, { channelOrder: "bgr", scale: 1, mean: [5, 28, 1], std: [10, 20, 0.5] }, out, 0);
    expect([...out]).toEqual([25, 5, -2]);
  });

  it("gives float32 of x ÷ 255 for all 256 levels", () => {
    const data = Uint8Array.from({ length: 768 }, (_, i) => i / 3);
    const out = new Float32Array(768);
    normalise({ data, width: 256, height: 1 }, notebookPreprocessing, out, 0);
    for (let level = 0; level < 256; level++) expect(out[level]).toBe(Math.fround(level / 255));
  });

  it("refuses an output that is too short", () => {
    const image = gradientImage(2, 2);
    expect(() => normalise(image, notebookPreprocessing, new Float32Array(12), 1)).toThrow(
      expect.objectContaining({ code: "preprocessing-output" }),
    );
  });
});

describe("parsePreprocessing", () => {
  const cover = { fit: "cover", filter: "triangle", resizeTo: 256 } as const;
  const squash = { fit: "squash", filter: "triangle" } as const;
  const pad = { fit: "pad", filter: "triangle", position: "centre", padding: [0, 0.5, 255] } as const;

  it.each([
    { ...notebookPreprocessing, resize: cover },
    { ...notebookPreprocessing, size: [48, 192], resize: pad, channelOrder: "bgr" },
    { ...notebookPreprocessing, resize: { ...squash, resizeTo: 256 } },
  ])("returns a valid specification as it is after a trip through JSON: %j", (specification) => {
    expect(parsePreprocessing(JSON.parse(JSON.stringify(specification)))).toEqual(specification);
  });

  it.each([
    ["'size'", { ...notebookPreprocessing, size: 0 }],
    ["'resize.fit'", { ...notebookPreprocessing, resize: { ...cover, fit: "stretch" } }],
    ["'resize.filter'", { ...notebookPreprocessing, resize: { ...cover, filter: "bicubic" } }],
    ["'resize.resizeTo'", { ...notebookPreprocessing, resize: { ...cover, resizeTo: 226 } }],
    ["'resize.resizeTo'", { ...notebookPreprocessing, size: [48, 192], resize: { ...cover, resizeTo: 191 } }],
    ["'resize.resizeTo'", { ...notebookPreprocessing, resize: { ...squash, resizeTo: 226 } }],
    ["'size", { ...notebookPreprocessing, size: [48, 0] }],
    ["'size'", { ...notebookPreprocessing, size: [48] }],
    ["'size' must be one of a number, a list, but is", { ...notebookPreprocessing, size: [48, 48, 48] }],
    ["'mean.3'", { ...notebookPreprocessing, mean: [0, 0, 0, 0] }],
    ["'resize.padding.3'", { ...notebookPreprocessing, resize: { ...pad, padding: [0, 0, 0, 0] } }],
    ["'resize.position'", { ...notebookPreprocessing, resize: { ...pad, position: "right" } }],
    ["'resize.padding.2'", { ...notebookPreprocessing, resize: { ...pad, padding: [0, 0, 255.5] } }],
    ["'channelOrder'", { ...notebookPreprocessing, channelOrder: "grb" }],
    ["'std.1'", { ...notebookPreprocessing, std: [1, 0, 1] }],
    ["'background.2'", { ...notebookPreprocessing, background: [0, 0, 256] }],
    ["'colourSpace'", { ...notebookPreprocessing, colourSpace: "display-p3" }],
    ["'crop'", { ...notebookPreprocessing, crop: true }],
  ])("names %s when it is wrong", (entry, value) => {
    expect(() => parsePreprocessing(value)).toThrow(
      expect.objectContaining({ code: "preprocessing-invalid", message: expect.stringContaining(entry) }),
    );
  });
});
