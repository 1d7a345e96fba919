// `preprocessor_config.json` of Hugging Face's transformers: what its image processors do.
import * as v from "valibot";
import { parsePreprocessing, type ResampleFilter } from "../preprocessing/index.js";
import {
  cannotRead,
  decoding,
  type Fitting,
  type FoundPreprocessing,
  filterOf,
  perChannel,
  readEntries,
  sizeOf,
} from "./found.js";

const side = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const sizeSchema = v.union(
  [side, v.strictObject({ height: side, width: side }), v.strictObject({ shortest_edge: side })],
  "a number, height and width, or shortest_edge",
);

type Size = v.InferOutput<typeof sizeSchema>;

const configSchema = v.object({
  image_processor_type: v.nullish(v.string()),
  feature_extractor_type: v.nullish(v.string()),
  do_resize: v.nullish(v.boolean(), true),
  size: sizeSchema,
  resample: v.nullish(v.picklist([0, 1, 2, 3, 4, 5]), 2),
  crop_pct: v.nullish(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 0.875),
  do_center_crop: v.nullish(v.boolean(), false),
  crop_size: v.nullish(sizeSchema),
  do_rescale: v.nullish(v.boolean(), true),
  rescale_factor: v.nullish(v.pipe(v.number(), v.gtValue(0)), 1 / 255),
  rescale_offset: v.nullish(v.boolean(), false),
  do_normalize: v.nullish(v.boolean()),
  image_mean: v.nullish(perChannel),
  image_std: v.nullish(perChannel),
  include_top: v.nullish(v.boolean(), true),
  do_flip_channel_order: v.nullish(v.boolean()),
  do_pad: v.nullish(v.boolean(), false),
});

type Config = v.InferOutput<typeof configSchema>;

/** Pillow's names of its filters, by their numbers. */
const FILTERS = ["nearest", "lanczos", "bilinear", "bicubic", "box", "hamming"] as const;

/** Processors of which the file says everything; a size that is one number is both sides', or the shorter one's. */
const oneNumberIs: Readonly<Record<string, "both sides" | "the shorter side">> = {
  Beit: "both sides",
  Bit: "the shorter side",
  CLIP: "the shorter side",
  ConvNext: "the shorter side",
  DeiT: "both sides",
  EfficientNet: "both sides",
  MobileNetV1: "the shorter side",
  MobileNetV2: "the shorter side",
  MobileViT: "the shorter side",
  Pvt: "both sides",
  Siglip: "both sides",
  ViT: "both sides",
};

/**
 * What a `preprocessor_config.json` says.
 * @param file what errors call the text.
 * @throws FleuronError `preprocessing-invalid`.
 */
export function huggingFacePreprocessing(text: string, file: string): FoundPreprocessing {
  const config = readEntries(configSchema, text, { file });
  const processor = processorOf(config);
  const { filter, warnings } = filterOf(FILTERS[config.resample]);
  return {
    preprocessing: parsePreprocessing({
      ...decoding,
      ...fittingOf(config, processor, filter, file),
      channelOrder: (config.do_flip_channel_order ?? processor === "MobileViT") ? "bgr" : "rgb",
      ...normalisationOf(config, processor, file),
    }),
    warnings: [
      ...warnings,
      ...(Object.hasOwn(oneNumberIs, processor)
        ? []
        : [
            `'${processor || "no"}' is no image processor that is known here: its entries are read as ViT's.`,
          ]),
      ...(config.do_pad ? ["Photos are not padded: 'do_pad' is left out."] : []),
    ],
  };
}

/** "ViT" of "ViTImageProcessor", "ViTImageProcessorFast" and the older "ViTFeatureExtractor". */
const processorOf = ({ image_processor_type, feature_extractor_type }: Config): string =>
  (image_processor_type ?? feature_extractor_type ?? "").replace(
    /(ImageProcessor(Fast)?|FeatureExtractor)$/,
    "",
  );

function fittingOf(config: Config, processor: string, filter: ResampleFilter, file: string): Fitting {
  const { do_resize, do_center_crop, crop_size, crop_pct } = config;
  if (!do_resize) throw cannotRead(file, "'do_resize' is false, and so inputs are as large as photos are");
  const shorter = oneNumberIs[processor] === "the shorter side";
  const size =
    typeof config.size === "number" && shorter ? { shortest_edge: config.size } : sidesOf(config.size);
  if (processor === "ConvNext" && "shortest_edge" in size) {
    const edge = size.shortest_edge;
    // Above that it squashes.
    if (edge >= 384) return { size: edge, resize: { fit: "squash", filter } };
    return { size: edge, resize: { fit: "cover", filter, resizeTo: Math.trunc(edge / crop_pct) } };
  }
  const crop = do_center_crop && crop_size ? sidesOf(crop_size) : undefined;
  if ("shortest_edge" in size) {
    if (!crop || "shortest_edge" in crop)
      throw cannotRead(file, "'size' is the shorter side's alone, and nothing is cut out");
    const resizeTo = size.shortest_edge;
    requireInside(crop, { height: resizeTo, width: resizeTo }, file);
    return { size: sizeOf(crop.height, crop.width), resize: { fit: "cover", filter, resizeTo } };
  }
  if (!crop || "shortest_edge" in crop || (crop.height === size.height && crop.width === size.width))
    return { size: sizeOf(size.height, size.width), resize: { fit: "squash", filter } };
  requireInside(crop, size, file);
  if (size.height !== size.width) throw cannotRead(file, "a centre of sides that differ cannot be had here");
  return { size: sizeOf(crop.height, crop.width), resize: { fit: "squash", filter, resizeTo: size.height } };
}

const sidesOf = (size: Size) => (typeof size === "number" ? { height: size, width: size } : size);

interface Sides {
  readonly height: number;
  readonly width: number;
}

function requireInside(crop: Sides, size: Sides, file: string): void {
  if (crop.height <= size.height && crop.width <= size.width) return;
  throw cannotRead(
    file,
    "'crop_size' is larger than 'size', and the border that is then added cannot be had",
  );
}

function normalisationOf(config: Config, processor: string, file: string) {
  const { do_rescale, rescale_factor, rescale_offset, do_normalize, image_mean, image_std } = config;
  const scale = do_rescale ? rescale_factor : 1;
  // Of EfficientNet's alone, which takes 1 away whatever the factor is.
  const offset = do_rescale && rescale_offset && processor === "EfficientNet" ? 1 : 0;
  const normalises = do_normalize ?? image_mean !== undefined;
  if (normalises && !(image_mean && image_std))
    throw cannotRead(file, "'image_mean' or 'image_std' is missing");
  const mean = normalises ? image_mean! : [0, 0, 0];
  const once = normalises ? image_std! : [1, 1, 1];
  // For classification EfficientNet's divides a second time.
  const std = processor === "EfficientNet" && config.include_top ? timesStd(once, image_std) : once;
  return { scale, mean: mean.map((value) => value + offset), std };
}

const timesStd = (once: readonly number[], std: readonly number[] | null | undefined) =>
  once.map((value, channel) => value * (std?.[channel] ?? 1));
