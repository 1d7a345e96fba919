import type { Writable } from "node:stream";
import { type Colours, colours } from "./colours.js";
import { visibleLine } from "./visible.js";
import { foldLine } from "./wrap.js";

/** Somewhere to write: standard output, standard error, or a test's buffer. Writing there never fails. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
  /** Resolves when what was written has arrived, or failed to. */
  settled(): Promise<void>;
  /** Gives, once, why nothing is written there any more; undefined while it is, and after that. */
  takeFailure(): Error | undefined;
}

/** Whether lines can be redrawn there. */
export const isTerminal = (output: Output): boolean => output.isTTY === true && process.env.TERM !== "dumb";

/** Colours only on a terminal, and never under NO_COLOR (https://no-color.org). */
export const coloursOf = (output: Output): Colours => colours(isTerminal(output) && !process.env.NO_COLOR);

/** The width to lay text out for; without a terminal there is no limit. */
export const widthOf = (output: Output): number =>
  isTerminal(output) ? (output.columns ?? 80) : Number.POSITIVE_INFINITY;

/**
 * Writes one line, of which {@link visibleLine} shows what would steer a terminal; on a terminal that is too narrow for it,
 * broken between words.
 */
export const writeLine = (output: Output, line = ""): void => {
  const lines = foldLine(visibleLine(line), widthOf(output));
  output.write(lines.map((each) => `${each}\n`).join(""));
};

/** Writes a line that is no text for a reader, such as JSON, as it is. */
export const writeWhole = (output: Output, line: string): void => {
  output.write(`${line}\n`);
};
