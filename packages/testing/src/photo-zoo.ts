/** Photos in all the forms that decoders take differently, drawn and small. */
import sharp from "sharp";
import { drawFlower } from "./images.js";
import { encodeAnimation, encodeJpeg, encodePng, encodeWebp } from "./images-encode.js";
import { withExif, withJpegSegment, withPngChunk, withWebpMetadata } from "./photo-metadata.js";

export interface ZooKind {
  /** What its photos have in common. */
  readonly kind: string;
  readonly photos: readonly Buffer[];
}

const flower = drawFlower({ width: 61, height: 47, seed: 5, label: 2 });
const raw = () => sharp(flower.data, { raw: { width: flower.width, height: flower.height, channels: 3 } });
const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Numbers as PNG has them: whole hundred-thousandths. */
const hundredThousandths = (values: readonly number[]) => {
  const data = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    data.writeUInt32BE(Math.round(value * 100_000), index * 4);
  });
  return data;
};

/** By which a PNG says what its values mean. */
const COLOUR_CHUNKS: readonly (readonly [type: string, data: Buffer])[] = [
  ["gAMA", hundredThousandths([1])],
  ["cHRM", hundredThousandths([0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06])],
  ["sRGB", Buffer.from([0])],
  ["cICP", Buffer.from([9, 16, 0, 1])],
];

/** Every orientation, profile, depth, transparency and place of a cut, in the formats that can have it. */
export async function photoZoo(): Promise<readonly ZooKind[]> {
  const jpeg = await encodeJpeg(flower);
  const png = await encodePng(flower);
  const webp = await encodeWebp(flower);
  const lossy = await raw().webp({ quality: 80 }).toBuffer();
  const formats = [jpeg, png, webp, lossy];
  const profile = (await sharp(await encodePng(flower, { profile: "p3" })).metadata()).icc!;
  const turned = (type: "short" | "long", littleEndian: boolean) => (photo: Buffer) =>
    orientations.map((orientation) => withExif(photo, { orientation, type, littleEndian }));
  const jpegForms = [
    raw().jpeg({ quality: 90, chromaSubsampling: "4:2:0" }),
    raw().jpeg({ quality: 90, progressive: true }),
    raw().toColourspace("b-w").jpeg(),
  ];
  const cuts = formats.flatMap((photo) =>
    [0.3, 0.6, 0.9].map((share) => photo.subarray(0, photo.length * share)).concat(photo.subarray(0, -1)),
  );
  return [
    { kind: "JPEG, EXIF orientations 1 to 8", photos: turned("short", false)(jpeg) },
    { kind: "PNG, EXIF orientations 1 to 8", photos: turned("short", true)(png) },
    { kind: "WebP, EXIF orientations 1 to 8", photos: [webp, lossy].flatMap(turned("short", true)) },
    { kind: "an orientation stored as LONG", photos: [jpeg, png, webp].flatMap(turned("long", false)) },
    { kind: "JPEG, subsampled, progressive, grey", photos: await buffers(jpegForms) },
    {
      kind: "an embedded profile, Display P3",
      photos: [
        withJpegSegment(jpeg, 0xe2, Buffer.concat([Buffer.from("ICC_PROFILE\0\x01\x01"), profile])),
        await encodePng(flower, { profile: "p3" }),
        withWebpMetadata(webp, "ICCP", profile),
        withWebpMetadata(lossy, "ICCP", profile),
      ],
    },
    {
      kind: "PNG with gAMA, cHRM, sRGB, cICP",
      photos: COLOUR_CHUNKS.map(([type, data]) => withPngChunk(png, type, data)),
    },
    {
      kind: "PNG, grey, palette, 16 bits",
      photos: [
        await encodePng(flower, { colours: "grey" }),
        await encodePng(flower, { colours: "palette" }),
        await encodePng(flower, { colours: "rgb16" }),
      ],
    },
    {
      kind: "transparent PNG and WebP",
      photos: [
        ...(await Promise.all([1, 37, 100, 254].map((alpha) => encodePng(flower, { alpha })))),
        await encodePng(flower, { alpha: 100, colours: "grey" }),
        await encodeWebp(flower, { alpha: 37 }),
      ],
    },
    {
      kind: "JPEG in CMYK, with and without a profile",
      photos: [
        await encodeJpeg(flower, { colours: "cmyk" }),
        await raw().toColourspace("cmyk").withIccProfile("cmyk").jpeg().toBuffer(),
      ],
    },
    {
      kind: "animated WebP",
      photos: [await encodeAnimation([flower, drawFlower({ width: 61, height: 47 })])],
    },
    {
      kind: "a side of 40,000 pixels",
      photos: [await encodeJpeg(drawFlower({ width: 40_000, height: 1 }))],
    },
    {
      kind: "bytes after the end",
      photos: [jpeg, png, webp].map((photo) => Buffer.concat([photo, Buffer.from("ftypmp42"), jpeg])),
    },
    { kind: "cut short", photos: cuts },
  ];
}

const buffers = (pipelines: readonly { toBuffer(): Promise<Buffer> }[]) =>
  Promise.all(pipelines.map((pipeline) => pipeline.toBuffer()));
