export { type FileErrorCode, readFailure, systemCode, writeFailure } from "./errors.js";
export { isLiving, processStart } from "./living-process.js";
export {
  isTemporary,
  type PutBytes,
  replaceFile,
  replaceTextFile,
  sweepTemporaryFiles,
} from "./replace-file.js";
