// How a command waits for its result, and how it gives it.
import type { LoopEvent } from "@fleuron/training";
import type { Context } from "../context.js";
import { type Canvas, canvasOf } from "../terminal/canvas.js";
import { writeLine, writeWhole } from "../terminal/output.js";
import { createScreen } from "../terminal/screen.js";
import { visible, visibleJson } from "../terminal/visible.js";
import { progressStatus } from "../views/status.js";
import { TaskClock } from "../views/task-clock.js";

/** Waits for work whose result goes to standard output; its progress and warnings go to standard error. */
export async function resultOf<Result>(
  work: AsyncGenerator<LoopEvent, Result>,
  { stderr, now }: Context,
  { quiet }: { readonly quiet: boolean },
): Promise<Result> {
  const screen = createScreen(stderr, now);
  const { warning } = canvasOf(stderr).colours;
  const clock = new TaskClock(now);
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      const event = visible(next.value);
      if (event.type === "warning") screen.print(`${warning("warning:")} ${event.message}`);
      if (event.type === "progress" && !quiet)
        screen.show(progressStatus(event, clock.measure(event).left, canvasOf(stderr)));
    }
  } finally {
    screen.clear();
  }
}

/** The same, and the seconds that it took. */
export async function timedResultOf<Result>(
  work: AsyncGenerator<LoopEvent, Result>,
  context: Context,
  options: { readonly quiet: boolean },
): Promise<{ readonly result: Result; readonly seconds: number }> {
  const began = context.now();
  const result = await resultOf(work, context, options);
  return { result, seconds: (context.now() - began) / 1000 };
}

/** A result on standard output: as one line of JSON, or as lines for a reader, whose texts are all visible. */
export function answer<Result>(
  context: Context,
  result: Result,
  {
    json,
    lines,
  }: { readonly json: boolean; readonly lines: (result: Result, canvas: Canvas) => readonly string[] },
): void {
  const { stdout } = context;
  if (json) printJson(context, result);
  else for (const line of lines(visible(result), canvasOf(stdout))) writeLine(stdout, line);
}

export const printJson = ({ stdout }: Context, value: unknown): void =>
  writeWhole(stdout, visibleJson(value));
