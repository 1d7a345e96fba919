import { dirname, resolve } from "node:path";
import { bestEpochInWords } from "@fleuron/model";
import type { RunEndEvent } from "@fleuron/trainer";
import { RUNS_ROOT, shellWord, shownPath } from "../paths.js";
import type { Colours } from "../terminal/colours.js";
import { duration } from "../terminal/duration.js";
import { counted, percent } from "../terminal/numbers.js";
import { pad } from "../terminal/table.js";

/** How a run ended, where it is, and what can be done with it. `valCount` photos were held out. */
export function runEndLines(
  event: RunEndEvent,
  valCount: number | undefined,
  colours: Colours,
): readonly string[] {
  return event.reason === "stopped" ? stoppedLines(event, colours) : completedLines(event, valCount, colours);
}

function completedLines(event: RunEndEvent, valCount: number | undefined, colours: Colours) {
  const { best, final } = event;
  const early = event.reason === "stopped early";
  const photos = valCount === undefined ? "held-out photos" : `${counted(valCount, "held-out photo")}`;
  const run = foundByItself(event) ? "" : ` --run ${shellWord(shownPath(event.folder))}`;
  return [
    "",
    `${colours.bold(early ? "Finished early" : "Finished")} in ${duration(event.seconds)}: ${shownPath(event.folder)}`,
    ...(early ? [colours.dim(`nothing got better any more after epoch ${best?.epoch}`)] : []),
    ...(best
      ? [
          `${colours.bold(percent(best.valAccuracy))} of ${photos}, loss ${best.valLoss.toFixed(4)}`,
          colours.dim(`best: ${bestEpochInWords(best, event.epoch)}`),
        ]
      : []),
    ...(final && best?.epoch !== event.epoch
      ? [colours.dim(`last epoch: ${percent(final.valAccuracy)}, loss ${final.valLoss.toFixed(4)}`)]
      : []),
    ...reportLines(event),
    "",
    ...nextCommands(
      [
        [`pnpm demo${run}`, "opens a page that names photos with it"],
        [`pnpm evaluate${run}`, "shows which classes it confuses"],
        [`pnpm predict PHOTO${run}`, "names a photo"],
      ],
      colours,
    ),
  ];
}

function stoppedLines(event: RunEndEvent, colours: Colours) {
  return [
    "",
    `${colours.bold("Stopped")} after ${counted(event.epoch, "epoch")} of ${event.epochs}; everything is saved.`,
    ...reportLines(event),
    "",
    ...nextCommands([[resumeCommand(event.folder), "goes on from here"]], colours),
  ];
}

/** Where there is something to look at. */
const reportLines = ({ report }: RunEndEvent): readonly string[] =>
  report === null ? [] : [`report: ${shownPath(report)}`];

export const resumeCommand = (folder: string): string =>
  `pnpm train --resume ${shellWord(shownPath(folder))}`;

/** Whether the other commands find it without `--run`. */
const foundByItself = ({ folder, latest }: RunEndEvent) =>
  latest && dirname(resolve(folder)) === resolve(RUNS_ROOT);

function nextCommands(commands: readonly (readonly [string, string])[], { accent, dim }: Colours) {
  const width = Math.max(...commands.map(([command]) => command.length));
  return commands.map(([command, what]) => `  ${accent(pad(command, width, "left"))}  ${dim(what)}`);
}
