import {
  classFigures,
  count,
  counted,
  largestClass,
  lossText,
  percent,
  percentOrDash,
  wilsonInterval,
} from "@fleuron/model";
import type { EvaluationOfRun } from "@fleuron/trainer";
import type { Canvas } from "../terminal/canvas.js";
import { rankedTable } from "../terminal/ranked-table.js";
import { confusionLines } from "./confusion.js";
import { largestClassLine } from "./largest-class.js";
import { measuredLines } from "./measured.js";

const VIEWS: { readonly [tta: string]: string } = {
  flip: "each photo and its mirror image, averaged",
  "ten-crop": "ten views of each photo, averaged: corners and centre, also mirrored",
};

/** Accuracy with its interval, loss, confusions, and figures for each class. `data` is what `--data` named. */
export function evaluationLines(
  evaluation: EvaluationOfRun,
  canvas: Canvas,
  data?: string,
): readonly string[] {
  const { accuracy, loss, count: photos } = evaluation;
  const { bold, dim } = canvas.colours;
  const views = VIEWS[evaluation.tta];
  const [low, high] = wilsonInterval(Math.round(accuracy * photos), photos);
  return [
    `${bold(percent(accuracy))} of ${counted(photos, "photo")} classified correctly ` +
      dim(`(95% interval ${percent(low)} to ${percent(high)})`),
    dim(largestClassLine(largestClass(evaluation.perClass))),
    `loss ${lossText(loss)}`,
    ...calibrationLines(evaluation).map(dim),
    ...(views === undefined ? [] : [dim(views)]),
    ...measuredLines(evaluation, { photos, data }, canvas.colours),
    "",
    ...confusionLines(evaluation, canvas),
    "",
    ...classLines(evaluation, canvas),
  ];
}

/** Whether its probabilities are what they say, and what its threshold does; of a network without photos of its own, nothing. */
function calibrationLines({
  count: photos,
  reliability,
  temperature,
  rejection,
}: EvaluationOfRun): readonly string[] {
  const { count: unseen, error } = reliability;
  if (unseen === 0) return [];
  const half = unseen < photos ? ` on the ${count(unseen)} photos that it was not fitted to` : "";
  return [
    `calibration error ${percent(error)} at temperature ${temperature}${half}`,
    ...(rejection === undefined
      ? []
      : [
          `none of these below ${percent(rejection.below)}: ${percent(rejection.rejected)} of them, and ` +
            `${percentOrDash(rejection.accuracy)} of the others are correct`,
        ]),
  ];
}

/** The most classes of which all are listed: of more, those with the lowest F1. */
const MOST_CLASSES = 30;

function classLines(evaluation: EvaluationOfRun, canvas: Canvas): readonly string[] {
  const figures = classFigures(evaluation);
  const classes = evaluation.perClass.map(({ label, count }, at) => ({ label, count, ...figures[at]! }));
  const many = classes.length > MOST_CLASSES;
  const measured = classes.filter((row) => row.count > 0);
  const shown = many
    ? measured.toSorted((one, other) => (one.f1 ?? 1) - (other.f1 ?? 1)).slice(0, MOST_CLASSES)
    : classes;
  const those = shown.length < measured.length ? "lowest" : "with photos";
  return [
    ...rankedTable<(typeof classes)[number]>(
      [
        { heading: "class", align: "left", rank: 0, cell: ({ label }) => label },
        { heading: "photos", align: "right", rank: 2, cell: (row) => count(row.count) },
        { heading: "precision", align: "right", rank: 0, cell: (row) => percentOrDash(row.precision) },
        { heading: "recall", align: "right", rank: 0, cell: (row) => percentOrDash(row.recall) },
        { heading: "F1", align: "right", rank: 1, cell: (row) => percentOrDash(row.f1) },
      ],
      shown,
      canvas,
    ),
    ...(many
      ? [
          "",
          canvas.colours.dim(
            `the ${shown.length} ${those} of ${count(classes.length)} classes; --json has all of them, and the matrix`,
          ),
        ]
      : []),
  ];
}
