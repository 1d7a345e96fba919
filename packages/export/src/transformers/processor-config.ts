import { inputSides, type PreprocessingSpecification } from "@fleuron/model";
import { exportError } from "../errors.js";

/** By Pillow's numbers. */
const resamples = { nearest: 0, triangle: 2 } as const;

/**
 * What `preprocessor_config.json` says. transformers.js resizes, then cuts out the centre in whole pixels, and divides,
 * before it exchanges red and blue.
 * @throws FleuronError `preprocessing-unsupported` for photos that get a border.
 */
export function processorConfig(preprocessing: PreprocessingSpecification) {
  const { resize, scale, channelOrder, mean, std } = preprocessing;
  if (resize.fit === "pad") {
    throw exportError(
      "preprocessing-unsupported",
      "transformers.js cannot put a photo on a border before it normalises, as this network wants it.",
      {
        subject: "format",
        hint: "Write a bundle with `writeBundle` and resize photos yourself, or train with another resize.",
      },
    );
  }
  const { height, width } = inputSides(preprocessing);
  const flips = channelOrder === "bgr";
  return {
    image_processor_type: "BitImageProcessor",
    do_resize: true,
    size: sizeOf(resize, { height, width }),
    resample: resamples[resize.filter],
    do_center_crop: resize.resizeTo !== undefined,
    crop_size: { height, width },
    do_rescale: true,
    rescale_factor: scale,
    do_normalize: true,
    image_mean: flips ? mean.toReversed() : mean,
    image_std: flips ? std.toReversed() : std,
    do_flip_channel_order: flips,
  };
}

function sizeOf(
  { fit, resizeTo }: Exclude<PreprocessingSpecification["resize"], { fit: "pad" }>,
  input: { readonly height: number; readonly width: number },
) {
  if (fit === "cover") return { shortest_edge: resizeTo };
  return resizeTo === undefined ? input : { height: resizeTo, width: resizeTo };
}
