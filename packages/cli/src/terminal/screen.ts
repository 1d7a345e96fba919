// Lines that stay, above one line that shows what is happening now.
import { createRequire } from "node:module";
import { isTerminal, type Output, writeLine } from "./output.js";

/** What is happening now, for both kinds of output. */
export interface Status {
  /** One line for a terminal, which replaces the one before. */
  readonly drawn: string;
  /** The same in words, printed now and then where nothing can be redrawn. */
  readonly plain: string;
}

export interface Screen {
  print(line?: string): void;
  show(status: Status): void;
  /** Takes the live line away. */
  clear(): void;
}

/** Takes away the ^C that a terminal writes where the cursor stands. */
const WIPE_ECHO = "\r\u001b[K";

const REDRAW_MS = 80;
const PLAIN_MS = 30_000;

/** A terminal gets a line that is redrawn; anything else a plain line every half minute. */
export function createScreen(output: Output, now: () => number = Date.now): Screen {
  return isTerminal(output) ? terminalScreen(output, now) : plainScreen(output, now);
}

const load = createRequire(import.meta.url);

function terminalScreen(output: Output, now: () => number): Screen {
  // Only a terminal waits for it to load.
  const { createLogUpdate } = load("log-update") as typeof import("log-update");
  const update = createLogUpdate(output);
  let drawnAt = Number.NEGATIVE_INFINITY;
  let latest: Status | undefined;
  return {
    print(line = "") {
      update.clear();
      output.write(WIPE_ECHO);
      writeLine(output, line);
      if (latest) update(latest.drawn);
    },
    show(status) {
      latest = status;
      if (now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      update(status.drawn);
    },
    clear() {
      latest = undefined;
      update.clear();
      update.done();
    },
  };
}

function plainScreen(output: Output, now: () => number): Screen {
  let printedAt = now();
  return {
    print(line = "") {
      writeLine(output, line);
      printedAt = now();
    },
    show(status) {
      if (now() - printedAt < PLAIN_MS) return;
      printedAt = now();
      writeLine(output, status.plain);
    },
    clear() {},
  };
}
