import { count, type NetworkSummary } from "@fleuron/model";
import type { Canvas } from "../terminal/canvas.js";
import { rankedTable } from "../terminal/ranked-table.js";
import { wrapWords } from "../terminal/wrap.js";

export interface SummaryOfLayers extends Omit<NetworkSummary, "rows"> {
  readonly layers: NetworkSummary["rows"];
  /** The layer that gives the classes, of a network from a file. */
  readonly head?: string | undefined;
  /** What a photo takes, of a network from a file. */
  readonly multiplications?: number | undefined;
}

/** The table of layers and the totals, as in `55×55×96  34,944`. */
export function summaryLines(summary: SummaryOfLayers, canvas: Canvas) {
  const { layers, parameters, trainable, head, multiplications } = summary;
  const { dim } = canvas.colours;
  const cell = (index: number) => (row: readonly string[]) => row[index] ?? "";
  const table = rankedTable<readonly string[]>(
    [
      { heading: "layer", align: "left", rank: 0, cell: cell(0) },
      { heading: "type", align: "left", rank: 1, cell: cell(1) },
      { heading: "output", align: "right", rank: 0, cell: cell(2) },
      { heading: "parameters", align: "right", rank: 0, cell: cell(3) },
    ],
    [
      ...layers.map((row) => [
        row.id,
        dim(row.type),
        row.output.join("×"),
        row.parameters === 0 ? dim("–") : count(row.parameters),
      ]),
      [],
      ["total", "", "", count(parameters)],
      ["trainable", "", "", count(trainable)],
    ],
    canvas,
  );
  const told = [
    ...(head === undefined ? [] : [`The classes come from ${head}.`]),
    ...(multiplications === undefined ? [] : [costOf(multiplications)]),
  ];
  return told.length === 0 ? table : [...table, "", ...wrapWords(told.join(" "), canvas.width)];
}

/** Both gradients of a product are products of the same size. */
const costOf = (multiplications: number) =>
  `To classify a photo takes ${count(multiplications)} multiplications, to learn from one about three times as many.`;
