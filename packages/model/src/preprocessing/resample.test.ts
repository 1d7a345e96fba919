import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Box } from "./box.js";
import { createImage, type RgbImage } from "./image.js";
import { resample } from "./resample.js";
import type { ResampleFilter } from "./specification.js";

/** Written by scripts/pillow/make-reference.py, which explains it. */
interface Fixture {
  readonly pillow: string;
  readonly cases: readonly {
    readonly filter: ResampleFilter;
    readonly source: readonly [number, number];
    readonly size: readonly [number, number];
    readonly box?: readonly [number, number, number, number];
    readonly pixels?: string;
    readonly sha256?: string;
  }[];
  readonly sweeps: readonly {
    readonly filter: ResampleFilter;
    readonly side: number;
    readonly upTo: number;
    readonly sha256: string;
  }[];
}

const fixture: Fixture = JSON.parse(readFileSync(new URL("./fixtures/pillow.json", import.meta.url), "utf8"));
const noise = makeNoise(700 * 700 * 3);

function makeNoise(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 24;
  });
}

function noiseImage(width: number, height: number): RgbImage {
  return { data: noise.slice(0, width * height * 3), width, height };
}

function toBox([left, top, width, height]: readonly [number, number, number, number]): Box {
  return { left, top, width, height };
}

describe(`resample, compared with Pillow ${fixture.pillow}`, () => {
  it.each(["nearest", "triangle"] as const)("%s gives every reference result, bit for bit", (filter) => {
    const cases = fixture.cases.filter((entry) => entry.filter === filter);
    expect(cases.length).toBeGreaterThan(150);
    for (const { source, size, box, pixels, sha256 } of cases) {
      const [width, height] = size;
      const options = { width, height, filter, ...(box && { box: toBox(box) }) };
      const { data } = resample(noiseImage(...source), options);
      const actual =
        pixels === undefined
          ? { sha256: createHash("sha256").update(data).digest("hex") }
          : { pixels: Buffer.from(data).toString("base64") };
      expect({ source, options, ...actual }).toEqual({
        source,
        options,
        ...(pixels ? { pixels } : { sha256 }),
      });
    }
  });

  it.each(["nearest", "triangle"] as const)(
    "%s agrees from every side up to 40, and 227, to every side up to 64",
    (filter) => {
      for (const { side, upTo, sha256 } of fixture.sweeps.filter((entry) => entry.filter === filter)) {
        const source = noiseImage(side, side);
        const hash = createHash("sha256");
        for (let size = 1; size <= upTo; size++)
          hash.update(resample(source, { width: size, height: size, filter }).data);
        expect({ side, sha256: hash.digest("hex") }).toEqual({ side, sha256 });
      }
    },
  );
});

describe("resample", () => {
  const image = noiseImage(12, 9);

  it.each(["nearest", "triangle"] as const)(
    "%s of the whole image at its own size is the image",
    (filter) => {
      expect(resample(image, { width: 12, height: 9, filter }).data).toEqual(image.data);
    },
  );

  it("writes into the image that it is given", () => {
    const out = createImage(5, 4);
    expect(resample(image, { width: 5, height: 4, filter: "triangle" }, out)).toBe(out);
    expect(out.data).toEqual(resample(image, { width: 5, height: 4, filter: "triangle" }).data);
  });

  it("is not disturbed by a larger resampling before it", () => {
    const options = { width: 5, height: 4, filter: "triangle" } as const;
    const before = resample(image, options);
    resample(noiseImage(300, 300), { width: 200, height: 200, filter: "triangle" });
    expect(resample(image, options)).toEqual(before);
  });

  it.each([
    { left: -0.5, top: 0, width: 5, height: 5 },
    { left: 8, top: 0, width: 4.5, height: 5 },
    { left: 0, top: 5, width: 5, height: 4.01 },
    { left: 0, top: 0, width: 0, height: 5 },
    { left: Number.NaN, top: 0, width: 5, height: 5 },
  ])("refuses the box %j", (box) => {
    expect(() => resample(image, { box, width: 2, height: 2, filter: "nearest" })).toThrow(
      expect.objectContaining({ code: "preprocessing-box" }),
    );
  });

  it("accepts a box that leaves the image by a rounding error", () => {
    const box = { left: 1, top: 0, width: 11 + 1e-12, height: 9 };
    expect(resample(image, { box, width: 11, height: 9, filter: "triangle" }).data.slice(0, 33)).toEqual(
      image.data.slice(3, 36),
    );
  });

  it("refuses data of the wrong length and an output of the wrong size", () => {
    const short = { ...image, data: image.data.slice(1) };
    const options = { width: 2, height: 2, filter: "nearest" } as const;
    expect(() => resample(short, options)).toThrow(expect.objectContaining({ code: "preprocessing-image" }));
    expect(() => resample(image, options, createImage(2, 3))).toThrow(
      expect.objectContaining({ code: "preprocessing-output" }),
    );
  });
});
