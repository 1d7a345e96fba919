// Follows a run to its end: draws it or prints its events, and stops it when asked.

import { originalError } from "@fleuron/model";
import type { RunEndEvent, RunEvent } from "@fleuron/trainer";
import type { Context } from "../context.js";
import { type Interruption, interruptible } from "../interruption.js";
import { shownPath } from "../paths.js";
import { coloursOf, widthOf, writeLine } from "../terminal/output.js";
import { createScreen } from "../terminal/screen.js";
import { failureReason, readerIsGone } from "../terminal/standard-output.js";
import { visible } from "../terminal/visible.js";
import { resumeCommand } from "../views/run-end.js";
import { RunView } from "../views/run-view.js";
import { printJson } from "./result.js";

export interface FollowOptions {
  readonly title: string;
  readonly json: boolean;
  readonly begin: (signal: AbortSignal) => AsyncGenerator<RunEvent, void>;
}

/**
 * Standard output may fail: training continues without it, and standard error says so.
 * @throws Interruption when a signal stopped the run; the reader has been informed by then.
 */
export async function followRun(context: Context, { title, json, begin }: FollowOptions): Promise<void> {
  const { stdout, stderr, now } = context;
  const screen = createScreen(stdout, now);
  const colours = coloursOf(stdout);
  const view = new RunView({ screen, colours, width: () => widthOf(stdout), now });
  const tell = (line: string) => (json ? writeLine(stderr, line) : screen.print(line));

  using stop = interruptible(context, () =>
    tell("Stopping: finishing the step and saving… (press again to quit at once)"),
  );
  let folder: string | undefined;
  let end: RunEndEvent["reason"] | undefined;
  const tellFailure = () => {
    const failure = stdout.takeFailure();
    if (failure === undefined) return;
    const why = readerIsGone(failure)
      ? "Standard output was closed"
      : `Standard output cannot be written any more (${failureReason(failure)})`;
    const where = folder === undefined ? "" : `, in ${shownPath(folder)}`;
    const label = coloursOf(stderr).warning("warning:");
    writeLine(stderr, `${label} ${why}; training continues without it${where}.`);
  };
  if (!json) screen.print(`${colours.accent("❦")} ${colours.bold(visible(title))}`);
  try {
    for await (const event of begin(stop.signal)) {
      if (event.type === "run") folder = event.folder;
      if (event.type === "end") end = event.reason;
      if (json) printJson(context, event);
      else view.show(visible(event));
      tellFailure();
    }
  } catch (error) {
    if (!isAbort(originalError(error), stop.interruption())) throw error;
  } finally {
    screen.clear();
    await stdout.settled();
    tellFailure();
  }
  const interruption = stop.interruption();
  if (interruption === undefined || end === "completed" || end === "stopped early") return;
  if (folder === undefined) tell("Stopped before the first step: there is nothing to resume.");
  else if (json || end === undefined) tell(`To continue: ${resumeCommand(folder)}`);
  throw interruption;
}

const isAbort = (error: unknown, interruption: Interruption | undefined) =>
  interruption !== undefined &&
  (error === interruption || (error instanceof Error && error.name === "AbortError"));
