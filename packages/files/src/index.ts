export { type FileErrorCode, readFailure, systemCode, writeFailure } from "./errors.js";
export {
  isTemporary,
  type PutBytes,
  replaceFile,
  replaceTextFile,
  sweepTemporaryFiles,
} from "./replace-file.js";
