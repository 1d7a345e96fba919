export { download } from "./download.js";
export type { DownloadErrorCode } from "./errors.js";
export type { DownloadPatience, RemoteFile } from "./remote-file.js";
export { unpack } from "./unpack.js";
