// What is written is text and our own colours: labels, paths and messages come from anywhere.
import { visibleText } from "@fleuron/model";

const ESCAPE = "\u001b";
const COLOUR = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`);

/** A line as it may be written: colours stay, any other control character and mark of direction is shown. */
export const visibleLine = (line: string): string =>
  line
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 ? part : visibleText(part)))
    .join("");

/** The lines of a message that may be somebody else's: those after the first are indented, so that none passes for ours. */
export const messageLines = (message: string): readonly string[] =>
  message
    .trimEnd()
    .split(/\r?\n/)
    .map((line, index) => (index === 0 ? "" : "  ") + visibleText(line));

/**
 * Plain data with every text in it shown as {@link visibleText} does, colours among them: what views lay out. What is
 * neither text nor a list nor a plain object stays as it is.
 */
export const visible = <Value>(value: Value): Value => shown(value) as Value;

function shown(value: unknown): unknown {
  if (typeof value === "string") return visibleText(value);
  if (Array.isArray(value)) return value.map(shown);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visibleText(key), shown(inner)]));
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A value as one line of JSON that shows as what it is: what JSON leaves as it is, is written as `\u202e`. */
export const visibleJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    UNESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const UNESCAPED = /[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu;
