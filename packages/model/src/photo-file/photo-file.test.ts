import { describe, expect, it } from "vitest";
import { parsePhotoFile } from "./photo-file.js";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const read = (text: string) => parsePhotoFile(latin1(text), "a.jpg");
const textOf = (parts: readonly Uint8Array[]) => parts.map((part) => String.fromCharCode(...part)).join("");

const exif = (byteOrder: "II" | "MM", tag: string) =>
  `${byteOrder}${byteOrder === "II" ? "*\0\x08\0\0\0\x01\0" : "\0*\0\0\0\x08\0\x01"}${tag}\0\0\0\0`;
const tags = {
  short: exif("MM", "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"),
  long: exif("MM", "\x01\x12\0\x04\0\0\0\x01\0\0\0\x06"),
  littleEndian: exif("II", "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"),
};

const segment = (code: string, data: string) =>
  `\xff${code}${String.fromCharCode((data.length + 2) >> 8, (data.length + 2) & 255)}${data}`;
const FRAME = segment("\xc0", "\x08\0\x20\0\x30\x03............");
const SCAN = `${segment("\xda", "\x01....")}ab\xff\0c\xff\xd0d`;
const jpeg = (...metadata: readonly string[]) => `\xff\xd8${metadata.join("")}${FRAME}${SCAN}\xff\xd9`;

const uint32 = (value: number) =>
  String.fromCharCode(value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255);
const chunk = (type: string, data: string) => `${uint32(data.length)}${type}${data}....`;
const HEADER = chunk("IHDR", `${uint32(48)}${uint32(32)}\x08\x02\0\0\0`);
const png = (...metadata: readonly string[]) =>
  `\x89PNG\r\n\x1a\n${HEADER}${metadata.join("")}${chunk("IDAT", "abc")}${chunk("IEND", "")}`;

const reversed = (text: string) => [...text].reverse().join("");
const riffChunk = (type: string, data: string) =>
  `${type}${reversed(uint32(data.length))}${data}${data.length % 2 ? "\0" : ""}`;
const riff = (body: string) => `RIFF${reversed(uint32(body.length + 4))}WEBP${body}`;
const extended = (flags: string) => riffChunk("VP8X", `${flags}\0\0\0\x2f\0\0\x1f\0\0`);
const PIXELS = riffChunk("VP8L", "/...........");
const webp = (flags: string, before: string, after: string) =>
  riff(`${extended(flags)}${before}${PIXELS}${after}`);

describe("the orientation", () => {
  it.each(Object.entries(tags))("is read of a tag that is %s, in every format", (_, tag) => {
    expect(read(jpeg(segment("\xe1", `Exif\0\0${tag}`)))).toMatchObject({ orientation: 6 });
    expect(read(png(chunk("eXIf", tag)))).toMatchObject({ orientation: 6 });
    expect(read(webp("\x08", "", riffChunk("EXIF", tag)))).toMatchObject({ orientation: 6 });
    expect(read(webp("\x08", "", riffChunk("EXIF", `Exif\0\0${tag}`)))).toMatchObject({ orientation: 6 });
  });

  it("is that of the first EXIF, and not that of XMP in the same kind of segment", () => {
    const [xmp, first] = [
      segment("\xe1", "http://ns.adobe.com/xap/1.0/\0"),
      segment("\xe1", `Exif\0\0${tags.short}`),
    ];
    const other = segment("\xe1", `Exif\0\0${tags.short.replace("\x06", "\x03")}`);
    expect(read(jpeg(xmp, first, other)).orientation).toBe(6);
  });

  it.each([
    ["none", jpeg()],
    ["of no direction", jpeg(segment("\xe1", `Exif\0\0${tags.short.replace("\x06", "\x09")}`))],
    [
      "of a type that it never has",
      jpeg(segment("\xe1", `Exif\0\0${tags.short.replace("\0\x03", "\0\x02")}`)),
    ],
    ["in a block that is cut", jpeg(segment("\xe1", `Exif\0\0${tags.short.slice(0, 12)}`))],
    ["in a block that is no EXIF", jpeg(segment("\xe1", "Exif\0\0words"))],
  ])("is 1 where there is %s", (_, file) => {
    expect(read(file).orientation).toBe(1);
  });
});

describe("what decoders get", () => {
  it("has the size in it, and nothing by which they change stored values", () => {
    const metadata = [
      segment("\xe2", "ICC_PROFILE\0"),
      segment("\xe1", `Exif\0\0${tags.short}`),
      segment("\xfe", "words"),
    ];
    const kept = [segment("\xe0", "JFIF\0"), segment("\xee", "Adobe")];
    const file = read(jpeg(kept[0]!, ...metadata, kept[1]!));
    expect(file).toMatchObject({ format: "jpeg", width: 48, height: 32, cmyk: false });
    expect(textOf(file.pixelParts)).toBe(jpeg(...kept));
  });

  it("ends with the photo, not with the video or the second picture after it", () => {
    expect(textOf(read(`${jpeg()}ftypmp42${jpeg()}`).pixelParts)).toBe(jpeg());
    expect(textOf(read(`${png()}words`).pixelParts)).toBe(png());
    expect(textOf(read(`${riff(PIXELS)}words`).pixelParts)).toBe(riff(PIXELS));
  });

  it("has of a PNG the transparency too", () => {
    const metadata = ["iCCP", "gAMA", "cHRM", "sRGB", "cICP", "acTL", "tEXt"].map((type) =>
      chunk(type, "...."),
    );
    const file = read(png(...metadata, chunk("tRNS", "......")));
    expect(file).toMatchObject({ format: "png", width: 48, height: 32 });
    expect(textOf(file.pixelParts)).toBe(png(chunk("tRNS", "......")));
  });

  it("announces of a WebP what it still has", () => {
    const file = read(
      webp("\x3c", riffChunk("ICCP", "abc"), riffChunk("EXIF", "abc") + riffChunk("XMP ", "abc")),
    );
    expect(file).toMatchObject({ format: "webp", width: 48, height: 32 });
    expect(textOf(file.pixelParts)).toBe(webp("\x10", "", ""));
  });
});

describe("a file that is refused", () => {
  it.each([
    ["", "a.jpg cannot be read as a photo: the file is empty."],
    ["words", "a.jpg cannot be read as a photo: it is not a JPEG, PNG or WebP file."],
    ["abcd....WEBPVP8 ", "a.jpg cannot be read as a photo: it is not a JPEG, PNG or WebP file."],
    [`\xff\xd8${SCAN}\xff\xd9`, "a.jpg cannot be read as a photo: its header is damaged."],
    ["GIF89a", "a.jpg is a GIF file, which cannot be read here."],
    ["\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a.jpg is a HEIC file, which cannot be read here."],
    ["\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "a.jpg is a HEIC file, which cannot be read here."],
    ["\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "a.jpg is an AVIF file, which cannot be read here."],
    ["<svg xmlns", "a.jpg is an SVG file, which cannot be read here."],
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Generator: a program -->\n<svg xmlns',
      "a.jpg is an SVG file, which cannot be read here.",
    ],
    ['<?xml version="1.0" encoding="UTF-8"?>\n<Error/>', "a.jpg cannot be read as a photo"],
    ["II*\0\x08\0\0\0", "a.jpg is a TIFF file, which cannot be read here."],
    ["\xff\x0a\0", "a.jpg is a JPEG XL file, which cannot be read here."],
    ["\0\0\0\x0cjP  \r\n\x87\n", "a.jpg is a JPEG 2000 file, which cannot be read here."],
  ])("is named by what it is: %j", (file, message) => {
    expect(() => read(file)).toThrow(message);
  });

  const whole = {
    jpeg: jpeg(segment("\xe1", `Exif\0\0${tags.short}`)),
    png: png(chunk("eXIf", tags.short)),
    webp: webp("\x08", "", riffChunk("EXIF", tags.short)),
  };
  it.each(Object.entries(whole))("is a %s that lacks any of its last bytes", (_, file) => {
    expect(() => read(file)).not.toThrow();
    for (let length = 12; length < file.length; length++) {
      expect(() => read(file.slice(0, length)), `${length} bytes`).toThrow("it was cut short.");
    }
  });
});

it("a pointer of Git LFS is called one", () => {
  const pointer = new TextEncoder().encode(
    "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
  );
  expect(() => parsePhotoFile(pointer, "a.jpg")).toThrow(
    "a.jpg cannot be read as a photo: it is a Git LFS pointer",
  );
});
