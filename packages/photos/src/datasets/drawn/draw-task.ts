import type { DrawnLabel } from "@fleuron/drawn-flowers";
import type { PictureFormat } from "../../options/make-drawn-options.js";

/** One picture to draw. */
export interface DrawTask {
  readonly label: DrawnLabel;
  readonly seed: number;
  readonly index: number;
  readonly format: PictureFormat;
  readonly file: string;
}
