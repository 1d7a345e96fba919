// What a classifier reports while it works.
import type { ProgressEvent, WarningEvent } from "@fleuron/model";

/** Bytes so far of everything that a load needs, from the network or the cache; `completed` never falls. */
export interface DownloadProgressEvent extends ProgressEvent {
  readonly task: "download";
  readonly unit: "bytes";
}

export interface ClassifierWarningEvent extends WarningEvent {
  readonly code: /** The GPU went away; the model was opened again. */
    | "device-lost"
    /** Nothing, or nothing more, can be kept for the next visit: no storage here, or no room in it. */
    | "cache-unavailable"
    /** The page is not served over https, so that hashes cannot be computed. */
    | "integrity-unchecked"
    /** This browser changes the pixels that pages read from canvases, and predictions vary with them. */
    | "canvas-randomised";
}
