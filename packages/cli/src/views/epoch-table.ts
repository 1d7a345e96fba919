// The permanent lines of a run: one an epoch, under headings, in columns that are fixed beforehand.

import type { EpochEvent } from "@fleuron/trainer";
import type { Colours } from "../terminal/colours.js";
import { duration } from "../terminal/duration.js";
import { percent, rate } from "../terminal/numbers.js";
import { pad } from "../terminal/table.js";

/** Of `epoch/epochs`; the live line begins with the same column. */
export const EPOCH_WIDTH = 7;

interface EpochColumn {
  readonly heading: string;
  readonly width: number;
  readonly cell: (event: EpochEvent) => string;
}

const COLUMNS: readonly EpochColumn[] = [
  { heading: "epoch", width: EPOCH_WIDTH, cell: ({ epoch, epochs }) => `${epoch}/${epochs}` },
  { heading: "loss", width: 6, cell: ({ loss }) => loss.toFixed(4) },
  { heading: "acc", width: 6, cell: ({ accuracy }) => percent(accuracy) },
  { heading: "val loss", width: 8, cell: ({ valLoss }) => valLoss.toFixed(4) },
  { heading: "val acc", width: 7, cell: ({ valAccuracy }) => percent(valAccuracy) },
  { heading: "lr", width: 8, cell: ({ learningRate }) => rate(learningRate) },
  { heading: "time", width: 7, cell: ({ seconds }) => duration(seconds) },
  { heading: "img/s", width: 6, cell: ({ imagesPerSecond }) => imagesPerSecond.toFixed(1) },
];

const line = (cell: (column: EpochColumn) => string) =>
  COLUMNS.map((column) => pad(cell(column), column.width, "right")).join("  ");

export const epochHeading = ({ dim }: Colours): string => dim(line(({ heading }) => heading));

export const epochLine = (event: EpochEvent, { accent }: Colours): string =>
  line(({ cell }) => cell(event)) + (event.best ? `  ${accent("best")}` : "");
