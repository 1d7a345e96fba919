// Every way to fit a photo into an input, beside a plain one in float64 that resizes first and cuts then.
import { describe, expect, it } from "vitest";
import type { RgbImage } from "./image.js";
import { notebookPreprocessing } from "./notebook.js";
import { preprocess } from "./preprocess.js";
import type { PreprocessingSpecification } from "./specification.js";

/** Along one axis: the input's pixel `at` lies at `place(at)` of the photo, a step is `step` of its pixels wide. */
interface Axis {
  readonly place: (at: number) => number;
  readonly step: number;
  /** The input's pixels that the photo covers. */
  readonly from: number;
  readonly to: number;
}

/** An axis of `count` pixels whose photo of `length` was made `resized` long, from `start` of the input on. */
const axis = (length: number, resized: number, start: number, count: number): Axis => ({
  place: (at) => ((at - start + 0.5) * length) / resized,
  step: length / resized,
  from: Math.max(Math.floor(start), 0),
  to: Math.min(Math.ceil(start + resized), count),
});

function axesOf(photo: RgbImage, { size, resize }: PreprocessingSpecification): [down: Axis, across: Axis] {
  const [height, width] = typeof size === "number" ? [size, size] : size;
  const centred = (length: number, resized: number, count: number) =>
    axis(length, resized, (count - resized) / 2, count);
  if (resize.fit === "pad") {
    const scale = Math.min(height / photo.height, width / photo.width);
    const [tall, wide] = [photo.height, photo.width].map((side) => Math.max(Math.round(side * scale), 1)) as [
      number,
      number,
    ];
    const [top, left] =
      resize.position === "top-left"
        ? [0, 0]
        : [Math.floor((height - tall) / 2), Math.floor((width - wide) / 2)];
    return [axis(photo.height, tall, top, height), axis(photo.width, wide, left, width)];
  }
  if (resize.fit === "squash") {
    const { resizeTo: tall = height, resizeTo: wide = width } = resize;
    return [centred(photo.height, tall, height), centred(photo.width, wide, width)];
  }
  const scale = resize.resizeTo / Math.min(photo.height, photo.width);
  return [
    centred(photo.height, photo.height * scale, height),
    centred(photo.width, photo.width * scale, width),
  ];
}

/** The sources of an input's pixel with the weights of a triangle as wide as a step, or a pixel where that is more. */
function taps({ place, step }: Axis, at: number, length: number): [source: number, weight: number][] {
  const reach = Math.max(step, 1);
  const all = Array.from({ length }, (_, source): [number, number] => {
    return [source, Math.max(1 - Math.abs(source + 0.5 - place(at)) / reach, 0)];
  });
  const sum = all.reduce((sum, [, weight]) => sum + weight, 0);
  return all.flatMap(([source, weight]) => (weight > 0 ? [[source, weight / sum]] : []));
}

function reference(photo: RgbImage, specification: PreprocessingSpecification): number[] {
  const { size, resize, scale, mean, std, channelOrder } = specification;
  const [height, width] = typeof size === "number" ? [size, size] : size;
  const [down, across] = axesOf(photo, specification);
  return [0, 1, 2].flatMap((channel) => {
    const colour = channelOrder === "bgr" ? 2 - channel : channel;
    const value = (level: number) => (level * scale - mean[channel]!) / std[channel]!;
    return Array.from({ length: height * width }, (_, at) => {
      const [y, x] = [Math.floor(at / width), at % width];
      if (y < down.from || y >= down.to || x < across.from || x >= across.to) {
        if (resize.fit !== "pad") throw new Error("a pixel that no photo covers");
        return value(resize.padding[colour]!);
      }
      const columns = taps(across, x, photo.width);
      let level = 0;
      for (const [row, weight] of taps(down, y, photo.height)) {
        for (const [column, share] of columns)
          level += weight * share * photo.data[3 * (row * photo.width + column) + colour]!;
      }
      return value(level);
    });
  });
}

function noise(width: number, height: number): RgbImage {
  let state = width;
  const data = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 24;
  });
  return { data, width, height };
}

const photos = [noise(41, 23), noise(23, 41), noise(60, 7), noise(5, 3), noise(1, 40)];

const resizes: readonly PreprocessingSpecification["resize"][] = [
  { fit: "squash", filter: "triangle" },
  { fit: "squash", filter: "triangle", resizeTo: 19 },
  { fit: "cover", filter: "triangle", resizeTo: 16 },
  { fit: "cover", filter: "triangle", resizeTo: 19 },
  { fit: "pad", filter: "triangle", position: "centre", padding: [0, 127.5, 255] },
  { fit: "pad", filter: "triangle", position: "top-left", padding: [10, 20, 30] },
];

describe.each(resizes)("%j", (resize) => {
  it.each([{ size: 12 }, { size: [6, 16] as const }, { size: [16, 6] as const }])(
    "into $size is within a level of the reference for photos of all shapes",
    ({ size }) => {
      const specification: PreprocessingSpecification = {
        ...notebookPreprocessing,
        size: typeof size === "number" ? size : [...size],
        resize,
        channelOrder: "bgr",
        mean: [0.1, 0.5, 0.9],
        std: [0.2, 0.3, 0.4],
      };
      for (const photo of photos) {
        const expected = reference(photo, specification);
        const input = preprocess(photo, specification);
        expect(input.length).toBe(expected.length);
        const plane = expected.length / 3;
        const levels = expected.map(
          (value, at) => Math.abs(value - input[at]!) * specification.std[Math.floor(at / plane)]! * 255,
        );
        // Half a level for each of two roundings.
        expect(Math.max(...levels)).toBeLessThan(1.01);
      }
    },
  );
});

describe("padding", () => {
  const photo = { data: Uint8Array.from({ length: 6 }, (_, at) => 10 * (at + 1)), width: 2, height: 1 };
  const padded = (position: "centre" | "top-left"): PreprocessingSpecification => ({
    ...notebookPreprocessing,
    size: [2, 2],
    resize: { fit: "pad", filter: "triangle", position, padding: [1, 2, 3.5] },
    scale: 1,
  });

  it("lies below and to the right of a photo at the top left", () => {
    expect([...preprocess(photo, padded("top-left"))]).toEqual([
      10, 40, 1, 1, 20, 50, 2, 2, 30, 60, 3.5, 3.5,
    ]);
  });

  it("is halved around a photo in the centre, the odd row below", () => {
    const size = [4, 2] as [number, number];
    const red = preprocess(photo, { ...padded("centre"), size }).slice(0, 8);
    expect([...red]).toEqual([1, 1, 10, 40, 1, 1, 1, 1]);
  });

  it("is red, green, blue where the input is not", () => {
    const input = preprocess(photo, { ...padded("top-left"), channelOrder: "bgr" });
    expect([...input]).toEqual([30, 60, 3.5, 3.5, 20, 50, 2, 2, 10, 40, 1, 1]);
  });

  it("fills its place of a batch and leaves the others", () => {
    const batch = new Float32Array(36).fill(-1);
    preprocess(photo, padded("top-left"), batch, 12);
    expect(batch.subarray(12, 24)).toEqual(preprocess(photo, padded("top-left")));
    expect([...batch.subarray(0, 12), ...batch.subarray(24)].every((value) => value === -1)).toBe(true);
    expect(() => preprocess(photo, padded("top-left"), batch, 25)).toThrow(
      expect.objectContaining({ code: "preprocessing-output" }),
    );
  });

  it("keeps a row of a photo that would become less than a pixel high", () => {
    const line = { data: new Uint8Array(3 * 100).fill(200), width: 100, height: 1 };
    expect([...preprocess(line, padded("top-left")).slice(0, 4)]).toEqual([200, 200, 1, 1]);
  });
});
