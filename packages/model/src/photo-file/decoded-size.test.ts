import { expect, it } from "vitest";
import { decodedSize } from "./decoded-size.js";
import type { PhotoFile } from "./photo-file.js";

const photo = (format: PhotoFile["format"], width: number, height: number): PhotoFile => ({
  format,
  width,
  height,
  orientation: 1,
  cmyk: false,
  pixelParts: [],
});

it("is the file's up to 100 million pixels", () => {
  expect(decodedSize(photo("png", 10_000, 10_000), "a.png")).toEqual({ width: 10_000, height: 10_000 });
  expect(decodedSize(photo("jpeg", 10_000, 10_000), "a.jpg")).toEqual({ width: 10_000, height: 10_000 });
});

it("is half of a JPEG's sides where it has more, up to four times as many", () => {
  expect(decodedSize(photo("jpeg", 16_321, 12_240), "a.jpg")).toEqual({ width: 8161, height: 6120 });
  expect(decodedSize(photo("jpeg", 19_999, 20_001), "a.jpg")).toEqual({ width: 10_000, height: 10_001 });
  expect(() => decodedSize(photo("jpeg", 20_002, 20_000), "a.jpg")).toThrow(
    "a.jpg has 20002×20000 pixels (400.04 million); the limit is 400 million.",
  );
});

it("is refused of other formats that have more", () => {
  expect(() => decodedSize(photo("webp", 16_000, 12_000), "a.webp")).toThrow(
    "a.webp has 16000×12000 pixels (192 million); the limit is 100 million.",
  );
});
