// Labels and paths come from anywhere; some of their characters would steer what shows them.

/**
 * The text with every character shown that is not seen itself but moves, hides or reorders what is: control
 * characters as their pictures (`␛`, `␍`, `␊`), the rest as `<U+202E>`: the second set of controls, separators
 * of lines and paragraphs, marks of direction. Letters of every script and joined emoji stay as they are.
 */
export const visibleText = (text: string): string => text.replace(INVISIBLE, pictureOf);

/**
 * Control characters (Unicode's category Cc); U+2028 and U+2029, which end a line; and what reorders text: the
 * property Bidi_Control.
 */
const INVISIBLE = /[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu;

const DELETE = 0x7f;
const PICTURES = 0x2400;
const PICTURE_OF_DELETE = "\u2421";

function pictureOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(PICTURES + code);
  if (code === DELETE) return PICTURE_OF_DELETE;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
