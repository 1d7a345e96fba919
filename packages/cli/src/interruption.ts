// Ctrl-C, SIGTERM and a closed terminal: the first asks the work to stop, the second ends the process.
import { type Context, STOP_SIGNALS, type StopSignal } from "./context.js";
import { EXIT } from "./errors.js";

/** What an aborted signal carries as its reason. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  constructor(readonly signal: StopSignal) {
    super(`Stopped by ${signal}.`);
  }
}

export interface Interruptible {
  readonly signal: AbortSignal;
  /** The interruption, once there was one. */
  readonly interruption: () => Interruption | undefined;
  [Symbol.dispose](): void;
}

/**
 * One Ctrl-C arrives more than once when package managers stand between the terminal and us: each of them
 * hands on what the terminal has sent to all.
 */
const ONE_KEYPRESS_MS = 1000;

/** Listens until disposed. `onFirst` says what happens now. */
export function interruptible(
  context: Pick<Context, "signals" | "now">,
  onFirst?: () => void,
): Interruptible {
  const { signals, now } = context;
  const controller = new AbortController();
  let first: { readonly interruption: Interruption; readonly at: number } | undefined;
  const listener = (signal: StopSignal) => () => {
    if (first) {
      if (now() - first.at > ONE_KEYPRESS_MS) signals.exit(EXIT[signal]);
      return;
    }
    first = { interruption: new Interruption(signal), at: now() };
    onFirst?.();
    controller.abort(first.interruption);
  };
  const listeners = STOP_SIGNALS.map((name) => [name, listener(name)] as const);
  for (const [name, listen] of listeners) signals.on(name, listen);
  return {
    signal: controller.signal,
    interruption: () => first?.interruption,
    [Symbol.dispose]() {
      for (const [name, listen] of listeners) signals.off(name, listen);
    },
  };
}
