// What a network that was trained elsewhere may have: an input that is neither square nor red first, and a border.
import { type ImportSource, notebookPreprocessing, type PreprocessingSpecification } from "@fleuron/model";

/** For `tinyNetwork`'s input. */
export const importedPreprocessing: PreprocessingSpecification = {
  ...notebookPreprocessing,
  size: [31, 27],
  resize: { fit: "pad", filter: "triangle", position: "top-left", padding: [127.5, 40, 200] },
  background: [10, 200, 90],
  channelOrder: "bgr",
  mean: [0.4, 0.5, 0.6],
  std: [0.2, 0.25, 0.3],
};

export const importSource: Omit<ImportSource, "weights"> = {
  file: "petals.onnx",
  sha256: "0123456789abcdef".repeat(4),
};
