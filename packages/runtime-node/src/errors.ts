/** Codes of the {@link FleuronError}s that this package throws. */
export type RuntimeNodeErrorCode =
  /** The bytes are no photo, or a damaged or cut one. */
  | "photo-unreadable"
  /** The header announces more pixels than allowed. */
  | "photo-too-large"
  /** A picture of a format that we do not read. */
  | "photo-unsupported"
  /** The folder does not exist or holds no manifest. */
  | "bundle-missing"
  /** A file of the bundle is missing, or is not the one that the manifest describes. */
  | "bundle-damaged"
  /** The bundle has no ONNX model of the precision. */
  | "model-missing"
  /** onnxruntime refuses a model that is whole. */
  | "model-unusable"
  /** The classifier was disposed before the photo was classified. */
  | "classifier-disposed";
