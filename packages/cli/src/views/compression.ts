import type { CompressedRun } from "@fleuron/compress";
import { count, counted, megabytes, percent } from "@fleuron/model";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { type RankedColumn, rankedTable } from "../terminal/ranked-table.js";

type Step = CompressedRun["steps"][number];

const COLUMNS: readonly RankedColumn<Step>[] = [
  { heading: "step", align: "left", rank: 0, cell: ({ step }) => step },
  { heading: "parameters", align: "right", rank: 1, cell: ({ parameters }) => count(parameters) },
  { heading: "on the wire", align: "right", rank: 0, cell: ({ bytes }) => megabytes(bytes) },
  { heading: "accuracy", align: "right", rank: 0, cell: ({ valAccuracy }) => percent(valAccuracy) },
  { heading: "loss", align: "right", rank: 2, cell: ({ valLoss }) => valLoss.toFixed(4) },
  {
    heading: "a photo",
    align: "right",
    rank: 3,
    cell: ({ milliseconds }) => `${milliseconds.toFixed(1)} ms`,
  },
];

/** What each step of a compression has given up and won, and where the new run is. */
export function compressionLines(
  { steps, valCount }: CompressedRun,
  { place, seconds }: { readonly place: string; readonly seconds: number },
  canvas: Canvas,
): readonly string[] {
  const { bold, dim } = canvas.colours;
  const lost = 100 * (steps[0]!.valAccuracy - steps.at(-1)!.valAccuracy);
  const change = lost > 0 ? `${lost.toFixed(1)} points less` : `${(-lost).toFixed(1)} points more`;
  return [
    `${bold("Compressed")} in ${duration(seconds)}: ${place}`,
    "",
    ...rankedTable(COLUMNS, steps, canvas),
    "",
    dim(`Measured on ${counted(valCount, "validation photo")}: ${change} than as trained.`),
  ];
}
