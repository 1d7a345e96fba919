/** Drawn images as files, in all the odd forms that photos come in. */
import { deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import type { DrawnImage } from "./images.js";
import { pngChunk } from "./png-chunk.js";

export interface JpegForm {
  /** 1 to 100. Default 90, without chroma subsampling. */
  readonly quality?: number;
  /** EXIF orientation, 1 to 8; the pixels are stored as they are given. Default: no EXIF. */
  readonly orientation?: number;
  /** How the values are stored. Default "srgb". */
  readonly colours?: "srgb" | "b-w" | "cmyk";
}

export function encodeJpeg(image: DrawnImage, form: JpegForm = {}): Promise<Buffer> {
  const { quality = 90, orientation, colours = "srgb" } = form;
  const pipeline = fromRaw(image).toColourspace(colours).jpeg({ quality, chromaSubsampling: "4:4:4" });
  return (orientation === undefined ? pipeline : pipeline.withMetadata({ orientation })).toBuffer();
}

export interface PngForm {
  /** Default "rgb". "rgb16" stores value·257; "palette" is exact up to 256 colours. */
  readonly colours?: "rgb" | "grey" | "rgb16" | "palette";
  /** Constant opacity of an added alpha channel, 0 to 255. Default: no alpha channel. */
  readonly alpha?: number;
  /** A profile that the values are converted to and that is embedded. Default: none. */
  readonly profile?: "p3";
}

export function encodePng(image: DrawnImage, form: PngForm = {}): Promise<Buffer> {
  const { colours = "rgb", alpha, profile } = form;
  let pipeline = colours === "rgb16" ? fromRaw16(image) : fromRaw(image);
  if (alpha !== undefined) pipeline = pipeline.ensureAlpha(alpha / 255);
  if (colours === "grey") pipeline = pipeline.toColourspace("b-w");
  if (colours === "rgb16") pipeline = pipeline.toColourspace("rgb16");
  if (profile !== undefined) pipeline = pipeline.withIccProfile(profile);
  return pipeline.png({ palette: colours === "palette", dither: 0 }).toBuffer();
}

export interface WebpForm {
  /** Constant opacity of an added alpha channel, 0 to 255. Default: no alpha channel. */
  readonly alpha?: number;
}

/** Lossless WebP, exact under transparency too. */
export function encodeWebp(image: DrawnImage, form: WebpForm = {}): Promise<Buffer> {
  const pipeline = form.alpha === undefined ? fromRaw(image) : fromRaw(image).ensureAlpha(form.alpha / 255);
  return pipeline.webp({ lossless: true, exact: true }).toBuffer();
}

/** Frames of one size as an animated, lossless WebP. */
export function encodeAnimation(frames: readonly DrawnImage[]): Promise<Buffer> {
  const { width, height } = frames[0]!;
  const raw = { width, height: height * frames.length, channels: 3, pageHeight: height } as const;
  return sharp(Buffer.concat(frames.map(({ data }) => data)), { raw })
    .webp({ lossless: true })
    .toBuffer();
}

/** A JPEG of one colour, of any size: nothing of that size is held for it. */
export function encodePlainJpeg(width: number, height: number): Promise<Buffer> {
  const background = { r: 40, g: 90, b: 160 };
  return sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false })
    .jpeg({ quality: 50 })
    .toBuffer();
}

/** A PNG of some hundred bytes whose header claims any size; its pixel data are one grey row. */
export function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.alloc(width + 1))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function fromRaw({ data, width, height }: DrawnImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

function fromRaw16({ data, width, height }: DrawnImage): Sharp {
  return sharp(
    Uint16Array.from(data, (value) => value * 257),
    { raw: { width, height, channels: 3 } },
  );
}
