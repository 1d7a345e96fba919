export type { ExportErrorCode } from "./errors.js";
export type { EncodedFile, EncodedModel, ModelFormat } from "./format.js";
export type { TrainedModel } from "./trained-model.js";
