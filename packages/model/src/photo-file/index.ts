export { decodedSize } from "./decoded-size.js";
export { type PhotoErrorCode, photoError, unreadablePhoto, unsupportedPhoto } from "./errors.js";
export type { Orientation } from "./exif.js";
export { FORMAT_BYTES, formatOf, isLfsPointer, otherFormatOf, type PhotoFormat } from "./format.js";
export { type PhotoFile, parsePhotoFile } from "./photo-file.js";
export { type Turn, turned, turnOf } from "./turn.js";
