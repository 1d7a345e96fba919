import { type Box, createImage, type RgbImage, randomStream, resample, wholeImage } from "@fleuron/model";
import { describe, expect, it } from "vitest";
import { compileKernel } from "../../scripts/compile-kernel.mjs";
import { noiseImage } from "../fixtures/noise-image.js";
import { kernelBytes } from "./kernel/kernel-bytes.js";
import { randomBox } from "./random-box.js";
import { resampleCrop } from "./resample-crop.js";

function expectTheSame(
  image: RgbImage,
  {
    box = wholeImage(image),
    size,
    filter = "triangle",
  }: { box?: Box; size: number; filter?: "nearest" | "triangle" },
) {
  const options = { box, width: size, height: size, filter };
  const made = resampleCrop(image, options, createImage(size, size));
  expect(made, `${box.width}×${box.height} to ${size}`).toEqual(resample(image, options));
}

describe("resampleCrop gives the bytes of resample", () => {
  it("for random parts", () => {
    const image = noiseImage(131, 90);
    const augmentation = { area: [0.05, 1], aspectRatio: [3 / 4, 4 / 3] } satisfies Parameters<
      typeof randomBox
    >[1];
    for (let index = 0; index < 60; index++) {
      expectTheSame(image, {
        box: randomBox(image, augmentation, randomStream(1, "augment", 0, index)),
        size: 57,
      });
    }
  });

  it.each([
    { width: 1, height: 1, size: 7 },
    { width: 3, height: 2, size: 1 },
    { width: 5, height: 400, size: 31 },
    { width: 400, height: 5, size: 16 },
    { width: 300, height: 301, size: 227 },
  ])("for the whole of $width × $height, to $size", ({ width, height, size }) => {
    expectTheSame(noiseImage(width, height), { size });
  });

  it("for a large image after a small one, and after it", () => {
    for (const side of [8, 700, 8]) expectTheSame(noiseImage(side, side), { size: 64 });
  });

  it("for the nearest pixels", () => {
    expectTheSame(noiseImage(20, 30), {
      box: { left: 1.5, top: 2, width: 17, height: 17 },
      size: 9,
      filter: "nearest",
    });
  });
});

describe("the kernel of crops", () => {
  it("is what crop.wat compiles to", async () => {
    const compiled = await compileKernel(new URL("kernel/crop.wat", import.meta.url));
    expect(Buffer.from(kernelBytes()).toString("base64")).toBe(compiled);
  });
});
