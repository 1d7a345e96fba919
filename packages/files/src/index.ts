export { type CheckOnceOptions, checkOnce } from "./check-once.js";
export { type FileErrorCode, readFailure, systemCode, writeFailure } from "./errors.js";
export { exists } from "./exists.js";
export { diskFull, type FolderErrorCode, folderFailure } from "./folder-errors.js";
export { isLiving, processStart } from "./living-process.js";
export { acquireLock, isLockFile, LOCK_FILE } from "./lock.js";
export { makeFolder } from "./make-folder.js";
export { move } from "./move.js";
export { newFolder } from "./new-folder.js";
export { readWhole } from "./read-whole.js";
export {
  isTemporary,
  type PutBytes,
  replaceFile,
  replaceTextFile,
  sweepTemporaryFiles,
} from "./replace-file.js";
export { threadCount } from "./thread-count.js";
export { lockFolder } from "./wait-for-lock.js";
export { TEMPORARY_MARK, writeAtomically } from "./write-atomically.js";
