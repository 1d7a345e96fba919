import type { WrittenBundle } from "@fleuron/export/node";
import { type BundleModel, megabytes, modelBytes, wireBytes } from "@fleuron/model";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { type RankedColumn, rankedTable } from "../terminal/ranked-table.js";

const COLUMNS: readonly RankedColumn<BundleModel>[] = [
  { heading: "format", align: "left", rank: 0, cell: ({ format }) => format },
  { heading: "precision", align: "left", rank: 0, cell: ({ precision }) => precision },
  { heading: "size", align: "right", rank: 0, cell: (model) => megabytes(modelBytes(model)) },
  { heading: "file", align: "left", rank: 1, cell: filesOf },
];

const ON_THE_WIRE: RankedColumn<BundleModel> = {
  heading: "on the wire",
  align: "right",
  rank: 0,
  cell: (model) => megabytes(wireBytes(model)),
};

/** What was written, and where; how much of it servers send, where some of it lies compressed. */
export function bundleLines(
  { folder, written }: WrittenBundle,
  { did, seconds }: { readonly did: "Exported" | "Imported"; readonly seconds: number },
  canvas: Canvas,
): readonly string[] {
  const isCompressed = written.some((model) => wireBytes(model) < modelBytes(model));
  return [
    `${canvas.colours.bold(did)} in ${duration(seconds)}: ${shownPath(folder)}`,
    "",
    ...rankedTable(
      isCompressed ? [...COLUMNS.slice(0, 3), ON_THE_WIRE, ...COLUMNS.slice(3)] : COLUMNS,
      written,
      canvas,
    ),
  ];
}

/** The one to open; the others lie beside it. */
function filesOf({ files }: BundleModel): string {
  const { path } = files[0]!;
  return files.length === 1 ? path : `${path} + ${files.length - 1}`;
}
