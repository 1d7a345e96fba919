import { createRequire } from "node:module";

/** ASCII, the letters of western Europe, and what sizes, differences, bars and tables are written with. */
const ONE_COLUMN_EACH = /^[ -~¡-¬®-ſΔ\u2500-\u257f…–—]*$/;

/** Knows the columns of any text; its patterns take as long to make as a photo takes to classify, and so they wait for such a text. */
const stringWidth = (text: string): number => {
  const { default: widthOf } = load("string-width") as typeof import("string-width");
  return widthOf(text);
};
const load = createRequire(import.meta.url);

/** Columns that a text takes in a terminal. */
export const textWidth = (text: string): number =>
  ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text);
