import type { ModelCheck } from "@fleuron/export/node";
import { counted, megabytes, percent, percentOrDash } from "@fleuron/model";
import type { Canvas } from "../terminal/canvas.js";
import { type RankedColumn, rankedTable } from "../terminal/ranked-table.js";
import type { Verification } from "../work/verification.js";
import { largestClassLine } from "./largest-class.js";
import { measuredLines } from "./measured.js";

const difference = (value: number) => (value === 0 ? "0" : value.toExponential(1));

const COLUMNS: readonly RankedColumn<ModelCheck>[] = [
  { heading: "model", align: "left", rank: 0, cell: ({ format, precision }) => `${format} ${precision}` },
  { heading: "ran on", align: "left", rank: 2, cell: ({ runner }) => runner },
  { heading: "photos", align: "right", rank: 5, cell: ({ photos }) => String(photos) },
  { heading: "max |Δp|", align: "right", rank: 0, cell: ({ maxDifference }) => difference(maxDifference) },
  { heading: "mean |Δp|", align: "right", rank: 4, cell: ({ meanDifference }) => difference(meanDifference) },
  {
    heading: "same top-1",
    align: "right",
    rank: 0,
    cell: ({ top1Agreement }) => percentOrDash(top1Agreement),
  },
  { heading: "accuracy", align: "right", rank: 1, cell: ({ accuracy }) => percentOrDash(accuracy) },
  {
    heading: "reference's",
    align: "right",
    rank: 3,
    cell: ({ referenceAccuracy }) => percentOrDash(referenceAccuracy),
  },
  { heading: "size", align: "right", rank: 1, cell: ({ bytes }) => megabytes(bytes) },
  {
    heading: "a photo",
    align: "right",
    rank: 2,
    cell: ({ latency }) => `${latency.toFixed(latency < 10 ? 1 : 0)} ms`,
  },
];

const SOURCES = { validation: "validation photo", data: "photo", drawn: "drawn picture" } as const;

/** How the models of a bundle compare with the reference, and whether that is as it should be. `data`: as `--data` says. */
export function verificationLines(result: Verification, canvas: Canvas, data?: string): readonly string[] {
  const { bold, dim, accent, error } = canvas.colours;
  const { source, photos, reference, accuracy, largestClass, checks } = result;
  const reached = accuracy === null ? "" : ` (accuracy ${percent(accuracy)})`;
  const referent = reference === "trainer" ? "the trained weights" : `the reference, ${reference}`;
  const sampled = checks.some((check) => check.photos < photos);
  return [
    `${bold("Compared")} with ${referent}, on ${counted(photos, SOURCES[source])}${reached}`,
    ...(largestClass ? [dim(largestClassLine(largestClass))] : []),
    "",
    ...rankedTable(COLUMNS, checks, canvas),
    "",
    ...measuredLines(result, { photos, data }, canvas.colours),
    ...(sampled ? [dim("Slow runners got a sample of the photos.")] : []),
    ...checks.filter(({ passed }) => !passed).map((check) => error(failure(check))),
    ...(result.passed ? [accent(success(result))] : []),
  ];
}

const failure = ({ format, precision, runner, maxDifference, top1Agreement }: ModelCheck) =>
  `${format} ${precision} on ${runner} differs by up to ${difference(maxDifference)} and agrees on ` +
  `${percent(top1Agreement)} of the photos; float32 has to stay within 1e-4 and agree on all.`;

function success({ checks, reference }: Verification): string {
  if (!checks.some(({ precision }) => precision === "float32"))
    return "These storage precisions round the weights: the table shows the effect; no limit applies.";
  return reference === "trainer"
    ? "float32 matches the trained weights: within 1e-4, with the same prediction for every photo."
    : "float32 matches the reference: within 1e-4, with the same prediction for every photo. The trained weights were not compared.";
}
