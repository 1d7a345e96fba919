import type { SquarePreprocessing } from "./square.js";

/** The notebook's: 227 × 227 squashed with nearest, levels ÷ 255. Base of other specifications. */
export const notebookPreprocessing: SquarePreprocessing = {
  size: 227,
  resize: { fit: "squash", filter: "nearest" },
  exifOrientation: true,
  background: [255, 255, 255],
  colourSpace: "srgb",
  channelOrder: "rgb",
  scale: 1 / 255,
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
