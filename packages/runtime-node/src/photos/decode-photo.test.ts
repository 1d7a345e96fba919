import { setTimeout } from "node:timers/promises";
import {
  type DrawnImage,
  drawFlower,
  drawTiles,
  encodeJpeg,
  encodePng,
  encodeWebp,
  pngClaiming,
  withExif,
  withJpegSegment,
} from "@fleuron/testing";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { decodePhoto, usePhoto } from "./decode-photo.js";
import { PixelBudget } from "./pixel-budget.js";

const flower = drawFlower({ width: 61, height: 47 });

function meanDifference(one: { data: Uint8Array }, other: { data: Uint8Array }): number {
  expect(one.data.length).toBe(other.data.length);
  return one.data.reduce((sum, value, at) => sum + Math.abs(value - other.data[at]!), 0) / one.data.length;
}

function mapped(image: DrawnImage, change: (value: number) => number): DrawnImage {
  return { ...image, data: image.data.map(change) };
}

describe("decodePhoto", () => {
  it("returns PNG and lossless WebP exactly", async () => {
    expect(await decodePhoto(await encodePng(flower))).toEqual(flower);
    expect(await decodePhoto(await encodeWebp(flower))).toEqual(flower);
  });

  it("returns a JPEG up to its compression", async () => {
    const photo = await decodePhoto(await encodeJpeg(flower, { quality: 95 }));
    expect([photo.width, photo.height]).toEqual([61, 47]);
    expect(meanDifference(photo, flower)).toBeLessThan(3);
  });

  it("makes grey, palette and 16-bit photos 8-bit RGB", async () => {
    const tiles = drawTiles(8);
    expect(await decodePhoto(await encodePng(tiles, { colours: "palette" }))).toEqual(tiles);
    expect(await decodePhoto(await encodePng(flower, { colours: "rgb16" }))).toEqual(flower);
    const greyFlower = { ...flower, data: flower.data.map((_, at, all) => all[at - (at % 3)]!) };
    expect(await decodePhoto(await encodePng(greyFlower, { colours: "grey" }))).toEqual(greyFlower);
    const greyJpeg = await decodePhoto(await encodeJpeg(greyFlower, { colours: "b-w", quality: 95 }));
    expect(meanDifference(greyJpeg, greyFlower)).toBeLessThan(3);
  });

  it("lays transparency on the background, white unless told otherwise", async () => {
    const onWhite = mapped(flower, (value) => Math.floor((value * 128 + 255 * 127 + 127) / 255));
    expect(await decodePhoto(await encodePng(flower, { alpha: 128 }))).toEqual(onWhite);
    expect(await decodePhoto(await encodeWebp(flower, { alpha: 128 }))).toEqual(onWhite);
    const background = [10, 20, 30] as const;
    const onColour = await decodePhoto(await encodePng(flower, { alpha: 0 }), { background });
    expect([...onColour.data.subarray(0, 6)]).toEqual([10, 20, 30, 10, 20, 30]);
    const greyAlpha = await decodePhoto(await encodePng(flower, { alpha: 0, colours: "grey" }), {
      background,
    });
    expect([...greyAlpha.data.subarray(0, 6)]).toEqual([10, 20, 30, 10, 20, 30]);
  });

  it("converts CMYK to RGB by its inks alone", async () => {
    const tiles = drawTiles(16);
    const cmyk = await encodeJpeg(tiles, { colours: "cmyk", quality: 100 });
    const photo = await decodePhoto(cmyk);
    expect([photo.width, photo.height]).toEqual([32, 48]);
    const inks = await sharp(cmyk).pipelineColourspace("cmyk").toColourspace("cmyk").raw().toBuffer();
    photo.data.forEach((value, at) => {
      const [pixel, channel] = [Math.floor(at / 3) * 4, at % 3];
      const exact = ((255 - inks[pixel + channel]!) * (255 - inks[pixel + 3]!)) / 255;
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(0.5);
    });
    const withProfile = withJpegSegment(cmyk, 0xe2, Buffer.from("ICC_PROFILE\0\x01\x01damaged"));
    expect(await decodePhoto(withProfile)).toEqual(photo);
  });

  it("keeps the stored RGB values whatever profile is embedded", async () => {
    const tagged = await encodePng(flower, { profile: "p3" });
    const untagged = withoutChunk(tagged, "iCCP");
    expect(untagged.length).toBeLessThan(tagged.length);
    const photo = await decodePhoto(tagged);
    expect(photo).toEqual(await decodePhoto(untagged));
    expect(photo).not.toEqual(flower);
  });

  // Where the shown pixel (x, y) is stored, by EXIF 2.3, tag 0x0112. `w` and `h` are of the stored picture.
  type Place = (x: number, y: number, w: number, h: number) => readonly [number, number];
  const orientations: readonly Place[] = [
    (x, y) => [x, y],
    (x, y, w) => [w - 1 - x, y],
    (x, y, w, h) => [w - 1 - x, h - 1 - y],
    (x, y, _, h) => [x, h - 1 - y],
    (x, y) => [y, x],
    (x, y, _, h) => [y, h - 1 - x],
    (x, y, w, h) => [w - 1 - y, h - 1 - x],
    (x, y, w) => [w - 1 - y, x],
  ];
  it.each(orientations.map((place, index) => ({ orientation: index + 1, place })))(
    "applies EXIF orientation $orientation in every format, however it is stored",
    async ({ orientation, place }) => {
      const stored = flower;
      const expected = Buffer.alloc(stored.data.length);
      const [width, height] = orientation > 4 ? [stored.height, stored.width] : [stored.width, stored.height];
      for (let at = 0; at < width * height; at++) {
        const [x, y] = place(at % width, Math.floor(at / width), stored.width, stored.height);
        expected.set(stored.data.subarray((y * stored.width + x) * 3).subarray(0, 3), at * 3);
      }
      for (const photo of [await encodePng(stored), await encodeWebp(stored)]) {
        for (const type of ["short", "long"] as const) {
          const turned = await decodePhoto(withExif(photo, { orientation, type }));
          expect([turned.width, turned.height]).toEqual([width, height]);
          expect(Buffer.compare(turned.data, expected)).toBe(0);
        }
      }
      const jpeg = await decodePhoto(withExif(await encodeJpeg(stored, { quality: 100 }), { orientation }));
      expect(meanDifference(jpeg, { data: expected })).toBeLessThan(2);
    },
  );

  it("gives the same bytes however many photos are decoded at once", async () => {
    const bytes = await encodeJpeg(drawFlower({ width: 300, height: 200 }));
    const first = await decodePhoto(bytes);
    for (const photo of await Promise.all(Array.from({ length: 8 }, () => decodePhoto(bytes)))) {
      expect(Buffer.compare(photo.data, first.data)).toBe(0);
    }
  });

  it("refuses damaged files with the name of the file", async () => {
    const large = drawFlower({ width: 200, height: 150 });
    const damaged: Record<string, Uint8Array> = {
      "empty.jpg": new Uint8Array(0),
      "text.jpg": Buffer.from("this is not a photo"),
      "cut.jpg": cutInHalf(await encodeJpeg(large)),
      "cut.png": cutInHalf(await encodePng(large)),
      "cut.webp": cutInHalf(await encodeWebp(large)),
      "header-only.jpg": (await encodeJpeg(large)).subarray(0, 20),
    };
    for (const [subject, bytes] of Object.entries(damaged)) {
      await expect(decodePhoto(bytes, { subject }), subject).rejects.toMatchObject({
        code: "photo-unreadable",
        subject,
        message: expect.stringContaining(subject),
      });
      if (subject.startsWith("cut")) {
        const message = `${subject} cannot be read as a photo: it was cut short.`;
        await expect(decodePhoto(bytes, { subject })).rejects.toThrow(message);
      }
    }
  });

  it("refuses a JPEG that lacks only its last rows", async () => {
    const bytes = await encodeJpeg(drawFlower({ width: 200, height: 150 }));
    const cut = bytes.subarray(0, Math.floor(bytes.length * 0.97));
    await expect(decodePhoto(cut)).rejects.toMatchObject({ code: "photo-unreadable" });
  });

  it("refuses 30,000×30,000 pixels by the header, without the memory for them", async () => {
    const before = process.memoryUsage().rss;
    await expect(decodePhoto(pngClaiming(30_000, 30_000), { subject: "bomb.png" })).rejects.toMatchObject({
      code: "photo-too-large",
      message: expect.stringContaining("bomb.png has 30000×30000 pixels (900 million); the limit is 100"),
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it("takes another limit of pixels", async () => {
    const bytes = await encodePng(flower);
    await expect(decodePhoto(bytes, { maxPixels: 61 * 47 - 1 })).rejects.toMatchObject({
      code: "photo-too-large",
    });
    expect((await decodePhoto(bytes, { maxPixels: 61 * 47 })).width).toBe(61);
  });

  it("halves a JPEG of more pixels, turned and in CMYK too", async () => {
    const jpeg = await encodeJpeg(flower, { quality: 100 });
    const half = await decodePhoto(withExif(jpeg, { orientation: 6 }), { maxPixels: 61 * 47 - 1 });
    expect([half.width, half.height]).toEqual([24, 31]);
    const cmyk = await encodeJpeg(flower, { colours: "cmyk" });
    expect(await decodePhoto(cmyk, { maxPixels: 61 * 47 - 1 })).toMatchObject({ width: 31, height: 24 });
    await expect(decodePhoto(jpeg, { maxPixels: (61 * 47 - 1) / 4 })).rejects.toMatchObject({
      code: "photo-too-large",
    });
  });

  it("halves a JPEG that is one pixel wide", async () => {
    const line = {
      width: 1,
      height: 100,
      data: Uint8Array.from({ length: 300 }, (_, at) => (at < 150 ? 0 : 255)),
    };
    const half = await decodePhoto(await encodeJpeg(line, { quality: 100 }), { maxPixels: 60 });
    expect([half.width, half.height]).toEqual([1, 50]);
    expect(half.data.at(-1)).toBeGreaterThan(250);
  });

  it("waits until there is room for its pixels", async () => {
    const budget = new PixelBudget();
    const order: string[] = [];
    const used = usePhoto(await encodePng(flower), { budget }, () => order.push("used"));
    await budget
      .hold(100e6, async () => {
        const next = usePhoto(await encodePng(flower), { budget }, () => order.push("used"));
        await used;
        await setTimeout(50);
        order.push("room");
        return { next };
      })
      .then(({ next }) => next);
    expect(order).toEqual(["used", "room", "used"]);
  });

  it("names the format that it does not support", async () => {
    await expect(decodePhoto(Buffer.from("GIF89a......"), { subject: "a.gif" })).rejects.toMatchObject({
      code: "photo-unsupported",
      message: expect.stringContaining("GIF"),
    });
  });
});

function cutInHalf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

function withoutChunk(png: Buffer, type: string): Buffer {
  const at = png.indexOf(type, 0, "latin1") - 4;
  return Buffer.concat([png.subarray(0, at), png.subarray(at + 12 + png.readUInt32BE(at))]);
}
