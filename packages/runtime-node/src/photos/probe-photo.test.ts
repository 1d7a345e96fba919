import { drawFlower, encodeJpeg, encodePng, encodeWebp, pngClaiming } from "@fleuron/testing";
import { expect, it } from "vitest";
import { probePhoto } from "./probe-photo.js";

const flower = drawFlower({ width: 40, height: 20 });

it("tells format and size from the header", async () => {
  expect(await probePhoto(await encodePng(flower))).toEqual({
    format: "png",
    width: 40,
    height: 20,
    cmyk: false,
  });
  expect(await probePhoto(await encodeWebp(flower))).toMatchObject({ format: "webp", width: 40, height: 20 });
  expect(await probePhoto(pngClaiming(30_000, 20_000))).toMatchObject({ width: 30_000, height: 20_000 });
});

it("gives the size after the EXIF orientation", async () => {
  expect(await probePhoto(await encodeJpeg(flower, { orientation: 6 }))).toMatchObject({
    format: "jpeg",
    width: 20,
    height: 40,
  });
});

it("tells CMYK", async () => {
  expect(await probePhoto(await encodeJpeg(flower, { colours: "cmyk" }))).toMatchObject({ cmyk: true });
});
