import type { Colours } from "./colours.js";
import { coloursOf, type Output, widthOf } from "./output.js";

/** What lines are laid out for. */
export interface Canvas {
  readonly colours: Colours;
  /** Columns that a line may take. */
  readonly width: number;
}

export const canvasOf = (output: Output): Canvas => ({ colours: coloursOf(output), width: widthOf(output) });
