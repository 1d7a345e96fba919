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
  const figures = classFigures(evaluation);
  const views = VIEWS[evaluation.tta];
  const [low, high] = wilsonInterval(Math.round(accuracy * photos), photos);
  return [
    `${bold(percent(accuracy))} of ${counted(photos, "photo")} classified correctly ` +
      dim(`(95% interval ${percent(low)} to ${percent(high)})`),
    dim(largestClassLine(largestClass(evaluation.perClass))),
    `loss ${lossText(loss)}`,
    ...(views === undefined ? [] : [dim(views)]),
    ...measuredLines(evaluation, { photos, data }, canvas.colours),
    "",
    ...confusionLines(evaluation, canvas),
    "",
    ...rankedTable<EvaluationOfRun["perClass"][number]>(
      [
        { heading: "class", align: "left", rank: 0, cell: ({ label }) => label },
        { heading: "photos", align: "right", rank: 2, cell: (row) => count(row.count) },
        {
          heading: "precision",
          align: "right",
          rank: 0,
          cell: (_, at) => percentOrDash(figures[at]!.precision),
        },
        { heading: "recall", align: "right", rank: 0, cell: (_, at) => percentOrDash(figures[at]!.recall) },
        { heading: "F1", align: "right", rank: 1, cell: (_, at) => percentOrDash(figures[at]!.f1) },
      ],
      evaluation.perClass,
      canvas,
    ),
  ];
}
