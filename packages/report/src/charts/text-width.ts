import { FONT_SIZE } from "./plot.js";

/** Letters about as wide as the font is high; others are narrower. */
const WIDE =
  /[MWmw@%\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
const NARROWER = 0.64;

/** Pixels that a text takes at most: who draws has no browser to measure it. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (WIDE.test(letter) ? 1 : NARROWER), 0) * FONT_SIZE;
