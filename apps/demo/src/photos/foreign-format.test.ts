import { expect, it } from "vitest";
import { foreignFormat } from "./foreign-format.js";

const starting = (start: string) =>
  foreignFormat(new Blob([Uint8Array.from(start, (character) => character.charCodeAt(0))]));

it.each([
  ["HEIC", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
  ["HEIC", "\0\0\0\x18ftypmif1\0\0\0\0mif1heic"],
  ["TIFF", "II*\0\x08\0\0\0"],
  ["JPEG XL", "\xff\x0a\x00"],
  ["JPEG 2000", "\0\0\0\x0cjP  \r\n\x87\n"],
])("knows %s by its first bytes", async (format, start) => {
  expect(await starting(start)).toBe(format);
});

it.each(["\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "RIFF\0\0\0\0WEBPVP8 ", "\0\0\0\x1cftypavif", "words", ""])(
  "leaves what browsers read, and no picture, as they are: %j",
  async (start) => {
    expect(await starting(start)).toBeUndefined();
  },
);
