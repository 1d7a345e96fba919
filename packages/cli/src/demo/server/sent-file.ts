import type { OpenFile } from "./open-file.js";

/** A file as it is sent. */
export interface SentFile extends OpenFile {
  /** What HTTP calls the form in which it is compressed. Absent: it is as it is. */
  readonly coding?: string;
  /** Whether others are sent another form of it. Absent: they are not. */
  readonly varies?: true;
  /** Sent in the place of what the handle reads. Absent: that is sent. */
  readonly contents?: Uint8Array;
}
