import type { RandomStream } from "@fleuron/model";
import type { Affine } from "../raster/affine.js";
import type { Canvas, Colour } from "../raster/canvas.js";

/** What a kind of flower is drawn with. */
export interface FlowerContext {
  readonly canvas: Canvas;
  readonly random: RandomStream;
  /** Takes the flower's centre (0, 0) and its radius 1 to pixels; the stem leaves towards v = +1. */
  readonly frame: Affine;
  /** The colour of all its petals. */
  readonly colour: Colour;
  /** Direction that the light comes from, in radians on the picture. */
  readonly light: number;
}

/** Pixels on the picture for 1 in a frame. */
export const scaleOf = ({ a, b, c, d }: Affine): number => Math.sqrt(Math.abs(a * d - b * c));
