import type { RunEvent } from "@fleuron/trainer";
import type { Context } from "../context.js";
import { interruptible } from "../interruption.js";

/** Computes for another process, which shows the run and ends it: a signal that reaches all of them is for that one. */
export async function computeAlong(
  context: Context,
  begin: (signal: AbortSignal) => AsyncGenerator<RunEvent, void>,
): Promise<void> {
  using stop = interruptible(context);
  for await (const _ of begin(stop.signal));
}
