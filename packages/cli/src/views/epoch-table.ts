// The permanent lines of a run: one an epoch, under headings, in columns that are fixed beforehand.

import { lossText, percent, shortNumber } from "@fleuron/model";
import type { EpochEvent } from "@fleuron/training";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { leftOutToFit, type Ranked } from "../terminal/fit.js";
import { pad } from "../terminal/table.js";

/** The width of `epoch/epochs`; the live line begins with the same column. */
export const EPOCH_WIDTH = 7;

interface EpochColumn extends Ranked {
  readonly heading: string;
  readonly width: number;
  readonly cell: (event: EpochEvent) => string;
}

const COLUMNS: readonly EpochColumn[] = [
  { heading: "epoch", width: EPOCH_WIDTH, rank: 0, cell: ({ epoch, epochs }) => `${epoch}/${epochs}` },
  { heading: "loss", width: 6, rank: 0, cell: ({ loss }) => lossText(loss) },
  { heading: "acc", width: 6, rank: 3, cell: ({ accuracy }) => percent(accuracy) },
  { heading: "val loss", width: 8, rank: 0, cell: ({ valLoss }) => lossText(valLoss) },
  { heading: "val acc", width: 7, rank: 0, cell: ({ valAccuracy }) => percent(valAccuracy) },
  { heading: "lr", width: 8, rank: 2, cell: ({ learningRate }) => shortNumber(learningRate) },
  { heading: "time", width: 7, rank: 1, cell: ({ seconds }) => duration(seconds) },
  { heading: "img/s", width: 6, rank: 3, cell: ({ imagesPerSecond }) => imagesPerSecond.toFixed(1) },
];

const GAP = "  ";
const BEST = "best";

/** The lines of a table that fits into the width that the terminal has when its headings are written. */
export class EpochTable {
  readonly #columns: readonly EpochColumn[];

  constructor(private readonly canvas: Canvas) {
    this.#columns = leftOutToFit(COLUMNS, (columns) => widthOf(columns) <= canvas.width);
  }

  heading(): string {
    return this.canvas.colours.dim(this.#line(({ heading }) => heading));
  }

  line(event: EpochEvent): string {
    const best = event.best.epoch === event.epoch ? GAP + this.canvas.colours.accent(BEST) : "";
    return this.#line(({ cell }) => cell(event)) + best;
  }

  #line(cell: (column: EpochColumn) => string): string {
    return this.#columns.map((column) => pad(cell(column), column.width, "right")).join(GAP);
  }
}

const widthOf = (columns: readonly EpochColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width + GAP.length, BEST.length);
