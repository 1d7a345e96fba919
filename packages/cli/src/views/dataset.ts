// What `data check` found, in words.
import { count, counted } from "@fleuron/model";
import type { DatasetReport, PhotoGroup } from "@fleuron/trainer";
import { shownPath } from "../paths.js";
import { bar } from "../terminal/bar.js";
import type { Canvas } from "../terminal/canvas.js";
import { rankedTable } from "../terminal/ranked-table.js";

/** How many of each kind of finding are listed; the rest are counted. */
const SHOWN = 8;
/** Paths of a group of photos that are alike. */
const SHOWN_OF_GROUP = 4;
const BAR_WIDTH = 20;

const aside = (parts: DatasetReport["parts"]) =>
  parts.some(({ part }) => part === "test") ? ", which the classes below are counted without" : "";

export function datasetLines(report: DatasetReport, canvas: Canvas): readonly string[] {
  const { colours } = canvas;
  const { bold, dim, warning } = colours;
  const {
    photos,
    parts,
    refusal,
    missing,
    classes,
    unreadable,
    tiny,
    tinyBelow,
    exactDuplicates,
    nearDuplicates,
    imbalance,
    imbalanced,
  } = report;
  const largest = Math.max(...classes.map((one) => one.count));
  const lines = [
    `${bold(counted(photos, "photo"))} of ${classes.length} classes in ${shownPath(report.folder)}`,
    ...(parts.length > 0
      ? [dim(`${parts.map((one) => `${count(one.photos)} in ${one.part}/`).join(", ")}${aside(parts)}`)]
      : []),
    "",
    ...rankedTable<DatasetReport["classes"][number]>(
      [
        { heading: "class", align: "left", rank: 0, cell: ({ label }) => label },
        { heading: "photos", align: "right", rank: 0, cell: (one) => count(one.count) },
        { heading: "", align: "left", rank: 1, cell: (one) => bar(one.count / largest, BAR_WIDTH, colours) },
        {
          heading: "unreadable",
          align: "right",
          rank: 0,
          cell: (one) => (one.unreadable === 0 ? dim("–") : warning(count(one.unreadable))),
        },
      ],
      classes,
      canvas,
    ),
  ];
  const finding = (words: string, details: readonly string[]) => {
    if (details.length === 0) return;
    lines.push("", warning(words), ...details.slice(0, SHOWN).map((detail) => `  ${detail}`));
    if (details.length > SHOWN) lines.push(dim(`  and ${count(details.length - SHOWN)} more`));
  };
  const before = lines.length;
  if (refusal !== null) lines.push("", warning(`Training refuses this: ${refusal}`));
  if (missing.length > 0) lines.push("", ...missing.map((sentence) => warning(sentence)));
  if (imbalanced) {
    lines.push(
      "",
      warning(`The largest class has ${imbalance.toFixed(1)} times as many photos as the smallest.`),
    );
  }
  finding(
    `${counted(unreadable.length, "photo")} cannot be read:`,
    unreadable.map(({ message }) => message),
  );
  finding(`${exactDuplicates.length} × the same photo more than once:`, exactDuplicates.map(groupLine));
  finding(`${nearDuplicates.length} × nearly the same photo:`, nearDuplicates.map(groupLine));
  finding(
    `${counted(tiny.length, "photo")} below ${tinyBelow} pixels:`,
    tiny.map(({ path, width, height }) => `${path}  ${dim(`${width} × ${height}`)}`),
  );
  if (lines.length === before) lines.push("", "No problems found.");
  return lines;

  function groupLine({ paths, acrossClasses, acrossSplit }: PhotoGroup): string {
    const notes = [acrossClasses && "two classes!", acrossSplit && "on both sides of the split!"].filter(
      Boolean,
    );
    const more = paths.length - SHOWN_OF_GROUP;
    const shown = [...paths.slice(0, SHOWN_OF_GROUP), ...(more > 0 ? [`${count(more)} more`] : [])];
    return [shown.join(" = "), ...notes.map((note) => warning(`${note}`))].join("  ");
  }
}
