import type { WrittenBundle } from "@fleuron/export/node";
import { type BundleModel, modelBytes } from "@fleuron/model";
import { shownPath } from "../paths.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { megabytes } from "../terminal/numbers.js";
import { table } from "../terminal/table.js";

/** What was written, and where. */
export function bundleLines(
  { folder, written }: WrittenBundle,
  seconds: number,
  { colours: { bold, dim } }: Canvas,
): readonly string[] {
  return [
    `${bold("Exported")} in ${duration(seconds)}: ${shownPath(folder)}`,
    "",
    ...table({
      columns: [
        { heading: "format", align: "left" },
        { heading: "precision", align: "left" },
        { heading: "size", align: "right" },
        { heading: "file", align: "left" },
      ],
      rows: written.map((model) => [
        model.format,
        model.precision,
        megabytes(modelBytes(model)),
        filesOf(model),
      ]),
      heading: dim,
    }),
  ];
}

/** The one to open; the others lie beside it. */
const filesOf = ({ files }: BundleModel): string => {
  const [{ path }, ...others] = files;
  return others.length === 0 ? path : `${path} + ${others.length}`;
};
