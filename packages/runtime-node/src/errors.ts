import { type ErrorCodeOf, errorsOf, type PhotoErrorCode } from "@fleuron/model";

/** Errors about bundles; those about photos come from `@fleuron/model`. */
export const runtimeError = errorsOf({
  /** The folder does not exist or holds no manifest. */
  "bundle-missing": "data",
  /** A file of the bundle is missing, or is not the one that the manifest describes. */
  "bundle-damaged": "data",
  /** The bundle has no ONNX model of the precision. */
  "model-missing": "usage",
  /** onnxruntime refuses a model that is whole. */
  "model-unusable": "data",
  /** Numbers that are not as many as the network takes. */
  "input-invalid": "usage",
  /** The classifier was disposed before the photo was classified. */
  "classifier-disposed": "usage",
});

export type RuntimeNodeErrorCode = ErrorCodeOf<typeof runtimeError> | PhotoErrorCode;
