import { drawFlower, encodeJpeg } from "@fleuron/testing";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { kernelPixels, kernelTiles } from "./kernel-tiles.js";
import { thumbnail } from "./thumbnail.js";

const bytesOf = (address: string) => Buffer.from(address.slice(address.indexOf(",") + 1), "base64");

describe("a thumbnail", () => {
  it("is a small upright JPEG with the photo's shape", async () => {
    const photo = await encodeJpeg(drawFlower({ width: 900, height: 600 }), { orientation: 6 });
    const address = await thumbnail(photo);
    expect(address).toMatch(/^data:image\/jpeg;base64,/);
    expect(await sharp(bytesOf(address)).metadata()).toMatchObject({
      format: "jpeg",
      width: 240,
      height: 360,
    });
    expect(address.length).toBeLessThan(40_000);
  });
  it("of a small photo is not larger than it", async () => {
    const address = await thumbnail(await encodeJpeg(drawFlower({ width: 40, height: 30 })));
    expect(await sharp(bytesOf(address)).metadata()).toMatchObject({ width: 40, height: 30 });
  });
});

describe("kernels as pictures", () => {
  it("have a pixel a tap, channels interleaved, from the least value to the greatest", () => {
    // Red 0 1, green 2 3, blue 4 10.
    expect([...kernelPixels(Float32Array.of(0, 1, 2, 3, 4, 10))]).toEqual([0, 51, 102, 26, 77, 255]);
  });
  it("are grey where all values are equal", () => {
    expect([...kernelPixels(new Float32Array(3).fill(-7))]).toEqual([128, 128, 128]);
  });
  it("are PNGs of the kernel's size, one for each filter", async () => {
    const data = Float32Array.from({ length: 2 * 3 * 5 * 4 }, (_, index) => Math.sin(index));
    const tiles = await kernelTiles({ name: "kernel", shape: [2, 3, 5, 4], data });
    expect(tiles).toHaveLength(2);
    const { data: pixels, info } = await sharp(bytesOf(tiles[1]!))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 4, height: 5, channels: 3 });
    expect(new Uint8Array(pixels)).toEqual(kernelPixels(data.subarray(60)));
  });
  it("are none for kernels that are not of colours", async () => {
    expect(await kernelTiles({ name: "k", shape: [1, 2, 1, 1], data: new Float32Array(2) })).toEqual([]);
  });
});
