// What all commands share: examples under their help, --json and --verbose, and how they wait for a result.
import { Command, Option } from "@commander-js/extra-typings";
import { bundlePrecisions } from "@fleuron/model";
import type { LoopEvent } from "@fleuron/trainer";
import type { TrainerNodeApi } from "@fleuron/trainer/node";
import type { Context } from "../context.js";
import { oneOf } from "../options.js";
import { RUNS_ROOT } from "../paths.js";
import { coloursOf, widthOf, writeLine } from "../terminal/output.js";
import { createScreen } from "../terminal/screen.js";
import { progressStatus } from "../views/status.js";
import { TaskClock } from "../views/task-clock.js";

export interface CommandHead {
  readonly name: string;
  readonly description: string;
  /** What to type, and what it does. */
  readonly examples: readonly (readonly [command: string, what: string])[];
}

export function newCommand({ name, description, examples }: CommandHead) {
  const width = Math.max(...examples.map(([command]) => command.length));
  const lines = examples.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`);
  return new Command(name)
    .description(description)
    .addHelpText("afterAll", `\nExamples:\n${lines.join("\n")}`);
}

export const JSON_OPTION = ["--json", "print JSON and nothing else on standard output"] as const;
export const VERBOSE_OPTION = ["--verbose", "show where an error happened"] as const;
export const bundleOptions = (conflicting: readonly string[]) =>
  [
    new Option("--bundle <dir>", "a bundle that pnpm export wrote, in place of a run").conflicts([
      ...conflicting,
    ]),
    new Option(
      "--precision <name>",
      `of the bundle: ${bundlePrecisions.join(", ")} (default: the most exact)`,
    ).argParser(oneOf("--precision", bundlePrecisions, "Precisions")),
  ] as const;

export const RUN_HELP = "the run's folder (default: the latest run)";

export const runOrLatest = (trainer: TrainerNodeApi, run: string | undefined): Promise<string> =>
  run === undefined ? trainer.latestRun(RUNS_ROOT) : Promise.resolve(run);

/** Waits for work whose result goes to standard output; its progress and warnings go to standard error. */
export async function resultOf<Result>(
  work: AsyncGenerator<LoopEvent, Result>,
  { stderr, now }: Context,
  { quiet }: { readonly quiet: boolean },
): Promise<Result> {
  const screen = createScreen(stderr, now);
  const colours = coloursOf(stderr);
  const clock = new TaskClock(now);
  try {
    for (;;) {
      const next = await work.next();
      if (next.done) return next.value;
      const event = next.value;
      if (event.type === "warning") screen.print(`${colours.warning("warning:")} ${event.message}`);
      if (event.type === "progress" && !quiet)
        screen.show(progressStatus(event, clock.measure(event).left, { colours, width: widthOf(stderr) }));
    }
  } finally {
    screen.clear();
  }
}

export const printJson = ({ stdout }: Context, value: unknown): void =>
  writeLine(stdout, JSON.stringify(value));
