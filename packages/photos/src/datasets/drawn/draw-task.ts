import type { DrawnLabel } from "@fleuron/drawn-flowers";

/** One picture to draw. */
export interface DrawTask {
  readonly label: DrawnLabel;
  readonly seed: number;
  readonly index: number;
  readonly format: PictureFormat;
  readonly file: string;
}

export type PictureFormat = "jpeg" | "png";
