// `config.json` of timm: what its `create_transform` does for evaluation.
import * as v from "valibot";
import { parsePreprocessing } from "../preprocessing/index.js";
import {
  cannotRead,
  decoding,
  type Fitting,
  type FoundPreprocessing,
  filterOf,
  IMAGENET,
  perChannel,
  readEntries,
  sizeOf,
} from "./found.js";

const side = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const entriesSchema = v.object({
  input_size: v.nullish(v.strictTuple([v.literal(3), side, side]), [3, 224, 224]),
  crop_pct: v.nullish(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 0.875),
  crop_mode: v.nullish(v.picklist(["center", "squash", "border"]), "center"),
  interpolation: v.nullish(v.string(), "bicubic"),
  mean: v.nullish(perChannel, IMAGENET.mean),
  std: v.nullish(perChannel, IMAGENET.std),
});

type Entries = v.InferOutput<typeof entriesSchema>;

/**
 * What timm's `config.json` says: its `pretrained_cfg`, in older files the whole of it.
 * @param file what errors call the text.
 * @throws FleuronError `preprocessing-invalid`.
 */
export function timmPreprocessing(text: string, file: string): FoundPreprocessing {
  const entries = readEntries(entriesSchema, text, { file, within: "pretrained_cfg" });
  const { filter, warnings } = filterOf(entries.interpolation);
  const fitting = fittingOf(entries, filter, file);
  return {
    preprocessing: parsePreprocessing({
      ...decoding,
      ...fitting,
      channelOrder: "rgb",
      scale: 1 / 255,
      mean: entries.mean,
      std: entries.std,
    }),
    warnings,
  };
}

function fittingOf(
  { input_size: [, height, width], crop_pct, crop_mode, mean }: Entries,
  filter: "nearest" | "triangle",
  file: string,
): Fitting {
  const size = sizeOf(height, width);
  if (crop_mode === "border" && crop_pct === 1) {
    const padding = mean.map((value) => Math.round(255 * value)) as [number, number, number];
    return { size, resize: { fit: "pad", filter, position: "centre", padding } };
  }
  if (crop_mode === "squash" && crop_pct === 1) return { size, resize: { fit: "squash", filter } };
  if (crop_mode === "border" || height !== width) {
    const what = `'crop_mode' '${crop_mode}' and 'crop_pct' ${crop_pct} for ${height} × ${width} pixels`;
    throw cannotRead(file, `${what} cannot be had here`);
  }
  const resizeTo = Math.floor(height / crop_pct);
  return { size, resize: { fit: crop_mode === "squash" ? "squash" : "cover", filter, resizeTo } };
}
