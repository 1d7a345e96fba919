import { type ErrorCodeOf, errorsOf } from "@fleuron/model";
/** Errors about photos and bundles. */
export const runtimeError = errorsOf({
  /** The bytes are no photo, or a damaged or cut one. */
  "photo-unreadable": "data",
  /** The header announces more pixels than allowed. */
  "photo-too-large": "data",
  /** A picture of a format that we do not read. */
  "photo-unsupported": "data",
  /** The folder does not exist or holds no manifest. */
  "bundle-missing": "data",
  /** A file of the bundle is missing, or is not the one that the manifest describes. */
  "bundle-damaged": "data",
  /** The bundle has no ONNX model of the precision. */
  "model-missing": "usage",
  /** onnxruntime refuses a model that is whole. */
  "model-unusable": "data",
  /** The classifier was disposed before the photo was classified. */
  "classifier-disposed": "usage",
});

export type RuntimeNodeErrorCode = ErrorCodeOf<typeof runtimeError>;
