import type { WrittenTransformers } from "@fleuron/export/node";
import { megabytes } from "@fleuron/model";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { type RankedColumn, rankedTable } from "../terminal/ranked-table.js";

const COLUMNS: readonly RankedColumn<WrittenTransformers["files"][number]>[] = [
  { heading: "file", align: "left", rank: 0, cell: ({ path }) => path },
  { heading: "size", align: "right", rank: 0, cell: ({ bytes }) => megabytes(bytes) },
];

/** What was written for transformers.js, and where. */
export const transformersLines = (
  { folder, files }: WrittenTransformers,
  { seconds }: { readonly seconds: number },
  canvas: Canvas,
): readonly string[] => [
  `${canvas.colours.bold("Exported")} in ${duration(seconds)}: ${shownPath(folder)}`,
  "",
  ...rankedTable(COLUMNS, files, canvas),
];
