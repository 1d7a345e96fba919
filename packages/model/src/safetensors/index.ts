export { SAFETENSORS_DTYPE_BYTES, type SafetensorsDtype } from "./dtype.js";
export { encodeSafetensorsHeader, type SafetensorsEntry } from "./encode-header.js";
export type { SafetensorsErrorCode } from "./errors.js";
export {
  parseSafetensorsHeader,
  type SafetensorsHeader,
  type SafetensorsSource,
  type SafetensorsTensor,
  safetensorsDataOffset,
} from "./parse-header.js";
export {
  type DecodedSafetensors,
  decodeSafetensors,
  encodeSafetensors,
  float32Values,
  type SafetensorsEntryWithData,
  type SafetensorsTensorWithData,
} from "./whole-file.js";
