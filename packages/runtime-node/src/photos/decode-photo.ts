/** Photo bytes to oriented RGB. */
import {
  decodedSize,
  flattenOnBackground,
  type PhotoFile,
  parsePhotoFile,
  type Rgb,
  type RgbImage,
  turned,
  turnOf,
  unreadablePhoto,
} from "@fleuron/model";
import { collectGarbage } from "./collect-garbage.js";
import { PixelBudget } from "./pixel-budget.js";
import { rgbOfCmyk } from "./rgb-of-cmyk.js";
import { sharp } from "./sharp.js";

/** An {@link RgbImage} whose data are a `Uint8Array`. */
export interface DecodedPhoto extends RgbImage {
  readonly data: Uint8Array;
}

export interface DecodeOptions {
  /** What error messages call the photo: its path. Default: "The photo". */
  readonly subject?: string;
  /**
   * The most pixels that are decoded. JPEG of up to four times as many is halved in width and height; all else is refused by
   * its header. Default: 100 million.
   */
  readonly maxPixels?: number;
  /** What shows through where the photo is transparent. Default: white. */
  readonly background?: Rgb;
}

const WHITE: Rgb = [255, 255, 255];

const DECODING_LIBRARIES = new Set(["vips", "mozjpeg", "jpeg", "png", "spng", "webp", "lcms"]);

/**
 * Decodes a JPEG, PNG or WebP (of an animation, the first frame) with the EXIF orientation applied. Grey, palette and
 * 16-bit photos become 8-bit RGB, transparency is laid on `background`. The result depends on the bytes and on
 * {@link decoderIdentity} only.
 *
 * Colour: the RGB values are those that the file stores; an embedded profile is ignored. CMYK, which has no RGB values of
 * its own, becomes (255 − ink)·(255 − black) ÷ 255, as in browsers.
 *
 * @throws FleuronError `photo-unreadable` (damaged, cut short, no photo), `photo-too-large`,
 * `photo-unsupported` (another picture format).
 */
export const decodePhoto = (bytes: Uint8Array, options: DecodeOptions = {}): Promise<DecodedPhoto> =>
  usePhoto(bytes, options, (photo) => photo);

export interface UsePhotoOptions extends DecodeOptions {
  /** Default: that of this thread. */
  readonly budget?: PixelBudget | undefined;
}

const budgetOfThread = new PixelBudget();

/** Pixels that are worth a collection of garbage. */
const LARGE = 25e6;

/** What `use` makes of a decoded photo, whose pixels nobody keeps: so many are decoded at a time as a budget allows. */
export async function usePhoto<Result>(
  bytes: Uint8Array,
  { subject = "The photo", maxPixels, background = WHITE, budget = budgetOfThread }: UsePhotoOptions,
  use: (photo: DecodedPhoto) => Result,
): Promise<Result> {
  const file = parsePhotoFile(bytes, subject);
  const size = decodedSize(file, subject, maxPixels);
  const pixels = size.width * size.height;
  return budget.hold(pixels, async () => {
    const work = async () => use(await uprightPhoto(file, size, { subject, background }));
    const result = await work();
    if (pixels > LARGE) await collectGarbage();
    return result;
  });
}

async function uprightPhoto(
  file: PhotoFile,
  size: Size,
  { subject, background }: { readonly subject: string; readonly background: Rgb },
): Promise<DecodedPhoto> {
  const stored = await storedPixels(file, size).catch(() => {
    // Without libvips' words: it keeps one text for all threads, which may be about another photo.
    throw unreadablePhoto(subject, "its pixels are damaged");
  });
  return turned({ ...size, data: rgbOf(stored, file, background) }, turnOf(file.orientation));
}

/** The libraries that determine the decoded bytes: a cache of decoded pixels is valid for one of these. */
export const decoderIdentity = (): string =>
  Object.entries(sharp().versions)
    .filter(([library]) => DECODING_LIBRARIES.has(library))
    .map(([library, version]) => `${library}-${version}`)
    .sort()
    .join(" ");

/** Several photos at a time use the cores better than several threads in one photo. */
function keepToOneThread(): void {
  sharp().concurrency(1);
  sharp().cache(false);
}

type Size = Pick<RgbImage, "width" | "height">;

interface StoredPixels {
  readonly data: Uint8Array;
  readonly channels: number;
}

async function storedPixels(
  { cmyk, width, height, pixelParts }: PhotoFile,
  size: Size,
): Promise<StoredPixels> {
  keepToOneThread();
  const bytes = pixelParts.length === 1 ? pixelParts[0]! : Buffer.concat(pixelParts);
  const decoder = sharp()(bytes, { failOn: "error", limitInputPixels: false, sequentialRead: true });
  if (cmyk) decoder.pipelineColourspace("cmyk");
  if (size.width !== width || size.height !== height)
    decoder.resize({ ...size, fit: "fill", kernel: "linear" });
  const { data, info } = await decoder
    .toColourspace(cmyk ? "cmyk" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return {
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    channels: info.channels,
  };
}

function rgbOf({ data, channels }: StoredPixels, { cmyk }: PhotoFile, background: Rgb): Uint8Array {
  if (cmyk) return rgbOfCmyk(data);
  return channels === 4 ? flattenOnBackground(data, background) : data;
}
