import type { NetworkSummary } from "@fleuron/model";
import type { Canvas } from "../terminal/canvas.js";
import { count } from "../terminal/numbers.js";
import { table } from "../terminal/table.js";

export interface SummaryOfLayers extends Omit<NetworkSummary, "rows"> {
  readonly layers: NetworkSummary["rows"];
}

/** The table of layers and the totals, as in `55×55×96  34,944`. */
export function summaryLines(
  { layers, parameters, trainable }: SummaryOfLayers,
  { colours: { dim } }: Canvas,
) {
  return table({
    columns: [
      { heading: "layer", align: "left" },
      { heading: "type", align: "left" },
      { heading: "output", align: "right" },
      { heading: "parameters", align: "right" },
    ],
    rows: [
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
    heading: dim,
  });
}
