/** How far the packaged Chromium is unpacked, in bytes. */
export interface ChromiumProgress {
  readonly type: "progress";
  readonly task: "unpack Chromium";
  readonly completed: number;
  readonly total: number;
  readonly unit: "bytes";
}
