/** Photo bytes to oriented RGB. */
import {
  flattenOnBackground,
  type PhotoFile,
  parsePhotoFile,
  photoError,
  type Rgb,
  type RgbImage,
  turned,
  turnOf,
  unreadablePhoto,
} from "@fleuron/model";
import sharp from "sharp";

/** An {@link RgbImage} whose data are a `Uint8Array`. */
export interface DecodedPhoto extends RgbImage {
  readonly data: Uint8Array;
}

export interface DecodeOptions {
  /** What error messages call the photo: its path. Default: "The photo". */
  readonly subject?: string;
  /** Photos of more pixels are refused by their header, before anything is decoded. Default: 100 million. */
  readonly maxPixels?: number;
  /** What shows through where the photo is transparent. Default: white. */
  readonly background?: Rgb;
}

const WHITE: Rgb = [255, 255, 255];

const DECODING_LIBRARIES = new Set(["vips", "mozjpeg", "jpeg", "png", "spng", "webp", "lcms"]);

/**
 * Decodes a JPEG, PNG or WebP (of an animation, the first frame) at its full size, with the EXIF
 * orientation applied. Grey, palette and 16-bit photos become 8-bit RGB, transparency is laid on
 * `background`. The result depends on the bytes and on {@link decoderIdentity} only.
 *
 * Colour: the RGB values are those that the file stores; an embedded profile is ignored, as a browser's
 * `createImageBitmap(…, { colorSpaceConversion: "none" })` does. Only CMYK, which has no RGB values of its
 * own, goes through its profile (without one: a generic CMYK profile) to sRGB.
 *
 * @throws FleuronError `photo-unreadable` (damaged, cut short, no photo), `photo-too-large`,
 * `photo-unsupported` (another picture format).
 */
export async function decodePhoto(bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedPhoto> {
  const { subject = "The photo", maxPixels = 100e6, background = WHITE } = options;
  const file = parsePhotoFile(bytes, subject);
  if (file.width * file.height > maxPixels) throw tooLarge(subject, file, maxPixels);
  const { data, info } = await storedPixels(bytes, file).catch(() => {
    // Without libvips' words: it keeps one text for all threads, which may be about another photo.
    throw unreadablePhoto(subject, "its pixels are damaged");
  });
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const upright = {
    data: info.channels === 4 ? flattenOnBackground(pixels, background) : pixels,
    width: info.width,
    height: info.height,
  };
  return turned(upright, turnOf(file.orientation));
}

/** The libraries that determine the decoded bytes: a cache of decoded pixels is valid for one of these. */
export const decoderIdentity: string = Object.entries(sharp.versions)
  .filter(([library]) => DECODING_LIBRARIES.has(library))
  .map(([library, version]) => `${library}-${version}`)
  .sort()
  .join(" ");

/** Several photos at a time use the cores better than several threads in one photo. */
function keepToOneThread(): void {
  sharp.concurrency(1);
  sharp.cache(false);
}

function storedPixels(bytes: Uint8Array, { cmyk }: PhotoFile) {
  keepToOneThread();
  return sharp(bytes, { failOn: "error", ignoreIcc: !cmyk, limitInputPixels: false, sequentialRead: true })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
}

function tooLarge(subject: string, size: { width: number; height: number }, maxPixels: number) {
  const millions = (pixels: number) => `${Math.round(pixels / 1e4) / 100} million`;
  return photoError(
    "photo-too-large",
    `${subject} has ${size.width}×${size.height} pixels (${millions(size.width * size.height)}); ` +
      `the limit is ${millions(maxPixels)}.`,
    { subject, hint: "Save it at a smaller size." },
  );
}
