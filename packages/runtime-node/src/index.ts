export { type DecodedPhoto, type DecodeOptions, decodePhoto, decoderIdentity } from "./decode-photo.js";
export type { RuntimeNodeErrorCode } from "./errors.js";
export type { Rgb } from "./flatten.js";
export type { PhotoFormat } from "./photo-format.js";
export { type PhotoHeader, type ProbeOptions, probePhoto } from "./probe-photo.js";
