import {
  type DrawnImage,
  drawFlower,
  drawTiles,
  encodeJpeg,
  encodePng,
  encodeWebp,
  pngClaiming,
} from "@fleuron/testing";
import { describe, expect, it } from "vitest";
import { decodePhoto } from "./decode-photo.js";

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

  it("converts CMYK to RGB", async () => {
    const tiles = drawTiles(16);
    const photo = await decodePhoto(await encodeJpeg(tiles, { colours: "cmyk", quality: 100 }));
    expect([photo.width, photo.height]).toEqual([32, 48]);
    expect(meanDifference(photo, tiles)).toBeLessThan(40);
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
    "applies EXIF orientation $orientation",
    async ({ orientation, place }) => {
      const stored = drawTiles(16);
      const photo = await decodePhoto(await encodeJpeg(stored, { orientation, quality: 100 }));
      const turned = orientation > 4;
      expect([photo.width, photo.height]).toEqual(turned ? [48, 32] : [32, 48]);
      for (let y = 4; y < photo.height; y += 8) {
        for (let x = 4; x < photo.width; x += 8) {
          const [fromX, fromY] = place(x, y, stored.width, stored.height);
          for (let channel = 0; channel < 3; channel++) {
            const shown = photo.data[(y * photo.width + x) * 3 + channel]!;
            const expected = stored.data[(fromY * stored.width + fromX) * 3 + channel]!;
            expect(Math.abs(shown - expected)).toBeLessThan(6);
          }
        }
      }
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
