import { dirname, resolve } from "node:path";
import { bestEpochInWords, counted, lossText, percent } from "@fleuron/model";
import type { RunEndEvent, RunStartEvent } from "@fleuron/trainer";
import { asLaunched } from "../command-line/launcher.js";
import { RUNS_ROOT, shellWord, shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { type Pair, pairLines } from "../terminal/pairs.js";
import { largestClassLine } from "./largest-class.js";

type HeldOut = Pick<RunStartEvent, "valCount" | "largestClass">;

/** How a run ended, where it is, and what can be done with it. `run`: as it began. */
export function runEndLines(event: RunEndEvent, run: HeldOut | undefined, canvas: Canvas): readonly string[] {
  if (event.reason === "stopped") return stoppedLines(event, canvas);
  return event.goesOnWith === undefined
    ? completedLines(event, run, canvas)
    : nothingLeftLines(event, event.goesOnWith, canvas);
}

function completedLines(event: RunEndEvent, run: HeldOut | undefined, canvas: Canvas) {
  const { colours } = canvas;
  const { final } = event;
  const early = event.reason === "stopped early";
  const named = foundByItself(event) ? "" : ` --run ${shellWord(shownPath(event.folder))}`;
  return [
    "",
    `${colours.bold(early ? "Finished early" : "Finished")} in ${duration(event.seconds)}: ${shownPath(event.folder)}`,
    ...(early ? [colours.dim(`no improvement since epoch ${event.best?.epoch}`)] : []),
    ...bestLines(event, run, canvas),
    ...(final && event.best?.epoch !== event.epoch
      ? [colours.dim(`last epoch: ${percent(final.valAccuracy)}, loss ${lossText(final.valLoss)}`)]
      : []),
    ...reportLines(event),
    "",
    ...nextCommands(
      [
        [`${asLaunched("pnpm demo")}${named}`, "opens a page that classifies photos with it"],
        [`${asLaunched("pnpm evaluate")}${named}`, "shows which classes it confuses"],
        [`${asLaunched("pnpm predict")} PHOTO${named}`, "classifies a photo"],
      ],
      canvas,
    ),
  ];
}

function bestLines({ best, epoch }: RunEndEvent, run: HeldOut | undefined, { colours }: Canvas) {
  if (best === null) return [];
  const photos = run === undefined ? "the validation photos" : counted(run.valCount, "validation photo");
  return [
    `accuracy ${colours.bold(percent(best.valAccuracy))} on ${photos}, loss ${lossText(best.valLoss)}`,
    ...(run === undefined ? [] : [colours.dim(largestClassLine(run.largestClass))]),
    colours.dim(`best: ${bestEpochInWords(best, epoch)}`),
  ];
}

/** A run that is complete was asked to go on. */
function nothingLeftLines(
  event: RunEndEvent,
  goesOnWith: NonNullable<RunEndEvent["goesOnWith"]>,
  canvas: Canvas,
) {
  const { bold } = canvas.colours;
  const { folder, epoch, epochs, best } = event;
  const [how, option] =
    "epochs" in goesOnWith
      ? [`was complete after ${counted(epochs, "epoch")}`, `--epochs ${goesOnWith.epochs}`]
      : [
          `stopped early after ${counted(epoch, "epoch")}, with no improvement since epoch ${best?.epoch}`,
          `--patience ${goesOnWith.patience}`,
        ];
  return [
    "",
    `${bold("Nothing left to train")}: ${shownPath(folder)} ${how}.`,
    ...bestLines(event, undefined, canvas),
    ...reportLines(event),
    "",
    ...nextCommands([[`${resumeCommand(folder)} ${option}`, "continues; higher values work too"]], canvas),
  ];
}

function stoppedLines(event: RunEndEvent, canvas: Canvas) {
  const { colours } = canvas;
  return [
    "",
    `${colours.bold("Stopped")} after ${counted(event.epoch, "epoch")} of ${event.epochs}; everything is saved.`,
    ...reportLines(event),
    "",
    ...nextCommands([[resumeCommand(event.folder), "continues from here"]], canvas),
  ];
}

/** Where there is something to look at. */
const reportLines = ({ report }: RunEndEvent): readonly string[] =>
  report === null ? [] : [`report: ${shownPath(report)}`];

export const resumeCommand = (folder: string): string =>
  `${asLaunched("pnpm train --resume")} ${shellWord(shownPath(folder))}`;

/** Whether the other commands find it without `--run`. */
const foundByItself = ({ folder, latest }: RunEndEvent) =>
  latest && dirname(resolve(folder)) === resolve(RUNS_ROOT);

const nextCommands = (commands: readonly Pair[], { colours: { accent, dim }, width }: Canvas) =>
  pairLines(
    commands.map(([command, what]) => [accent(command), dim(what)]),
    width,
  );
