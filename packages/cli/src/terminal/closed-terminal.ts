// A process may outlive its terminal: an ssh session drops, a window is closed.
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import process from "node:process";
import { isatty } from "node:tty";

/**
 * Keeps the exit code where the terminal was closed meanwhile. At its end Node before 22.16 sets each terminal that it
 * began with back, and aborts with code 134 where that fails (https://github.com/nodejs/node/pull/58200), unless the
 * descriptor is another file by then.
 */
export function outliveTerminal(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.once("exit", () => {
    for (const descriptor of terminals) {
      if (isatty(descriptor)) continue;
      closeSync(descriptor);
      // Takes the descriptor that is free.
      openSync(devNull, "r+");
    }
  });
}
