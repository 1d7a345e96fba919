// What reads photos and knows no network: threads that decode load neither onnxruntime nor bundles.
export {
  type DecodedPhoto,
  type DecodeOptions,
  decodePhoto,
  decoderIdentity,
  type UsePhotoOptions,
  usePhoto,
} from "./decode-photo.js";
export { PixelBudget } from "./pixel-budget.js";
export { readPhoto } from "./read-photo.js";
export { type UnreadablePhoto, type UsedFile, useFile } from "./use-file.js";
