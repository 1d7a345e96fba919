import type { Writable } from "node:stream";
import { type Colours, colours } from "./colours.js";
import { visibleLine } from "./visible.js";

/** Somewhere to write: standard output, standard error, or a test's buffer. Writing there never fails. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Resolves when what was written has arrived, or failed to. */
  settled(): Promise<void>;
  /** Tells once why nothing is written there any more; undefined while it is, and once it was told. */
  takeFailure(): Error | undefined;
}

/** Whether lines can be redrawn there. */
export const isTerminal = (output: Output): boolean => output.isTTY === true && process.env.TERM !== "dumb";

/** Colours only on a terminal, and never under NO_COLOR (https://no-color.org). */
export const coloursOf = (output: Output): Colours => colours(isTerminal(output) && !process.env.NO_COLOR);

/** The width to lay text out for; without a terminal there is no limit. */
export const widthOf = (output: Output): number =>
  isTerminal(output) ? (output.columns ?? 80) : Number.POSITIVE_INFINITY;

/** Writes one line, of which {@link visibleLine} shows what would steer a terminal. */
export const writeLine = (output: Output, line = ""): void => {
  output.write(`${visibleLine(line)}\n`);
};
