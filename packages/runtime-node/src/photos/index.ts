// What reads photos and knows no network: threads that decode load neither onnxruntime nor bundles.
export { type DecodedFile, decodeFile, type UnreadablePhoto } from "./decode-file.js";
export { type DecodedPhoto, type DecodeOptions, decodePhoto, decoderIdentity } from "./decode-photo.js";
export { readPhoto } from "./read-photo.js";
