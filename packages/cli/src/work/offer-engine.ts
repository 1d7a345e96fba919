import type { Context, Trainer } from "../context.js";
import { interruptible } from "../interruption.js";
import { writeLine } from "../terminal/output.js";
import { resultOf } from "./result.js";

/**
 * Where a GPU lies idle because its engine is not installed: asks on a terminal whether to install it now, and names the
 * command elsewhere, and where it needs something first.
 *
 * @throws FleuronError of the installation; Interruption.
 */
export async function offerEngine(context: Context, trainer: Trainer): Promise<void> {
  const offer = await trainer.gpuEngineOffer();
  if (offer === undefined) return;
  const { stderr, ask } = context;
  const { engine, command, atOnce, gpu, bytes } = offer;
  writeLine(stderr, `There is a GPU (${gpu}), and ${engine}, which would train on it, is not installed.`);
  if (ask === undefined || !atOnce) {
    writeLine(stderr, `To install it: ${command}`);
    return;
  }
  const size = `${(bytes / 1e9).toFixed(1)} GB`;
  if (!(await ask(`Install it now, ${size} to fetch? (--engine skips this question.)`))) return;
  using stop = interruptible(context);
  await resultOf(trainer.installEngine({ name: engine, signal: stop.signal }), context, { quiet: false });
}
