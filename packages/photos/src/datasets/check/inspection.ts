import type { Look } from "../../scan/look.js";

export interface InspectTask {
  readonly root: string;
  /** Relative to the root. */
  readonly path: string;
  /** The pixels that all workers together may hold. */
  readonly budget: SharedArrayBuffer;
}

/** What one photo turned out to be. */
export type Inspection =
  | {
      readonly readable: true;
      readonly path: string;
      /** The size of the oriented photo. */
      readonly width: number;
      readonly height: number;
      /** SHA-256 of the decoded photo. */
      readonly contentHash: string;
      readonly look: Look;
    }
  | { readonly readable: false; readonly path: string; readonly code: string; readonly message: string };
