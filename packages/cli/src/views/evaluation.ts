import { wilsonInterval } from "@fleuron/model";
import type { EvaluationOfRun } from "@fleuron/trainer";
import type { Canvas } from "../terminal/canvas.js";
import { count, counted, percent } from "../terminal/numbers.js";
import { table } from "../terminal/table.js";
import { confusionLines } from "./confusion.js";
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
  const named = evaluation.labels.map((_, label) =>
    evaluation.confusion.reduce((sum, row) => sum + row[label], 0),
  );
  const [low, high] = wilsonInterval(Math.round(accuracy * photos), photos);
  return [
    `${bold(percent(accuracy))} of ${counted(photos, "photo")} named correctly ` +
      dim(`(95% interval ${percent(low)} to ${percent(high)})`),
    `loss ${loss.toFixed(4)}`,
    ...(VIEWS[evaluation.tta] === undefined ? [] : [dim(VIEWS[evaluation.tta])]),
    ...measuredLines(evaluation, { photos, data }, canvas.colours),
    "",
    ...confusionLines(evaluation, canvas),
    "",
    ...table({
      columns: [
        { heading: "class", align: "left" },
        { heading: "photos", align: "right" },
        { heading: "precision", align: "right" },
        { heading: "recall", align: "right" },
        { heading: "F1", align: "right" },
      ],
      rows: evaluation.perClass.map((row, index) => [
        row.label,
        count(row.count),
        share(row.precision, named[index]),
        share(row.recall, row.count),
        share(row.f1, named[index] + row.count),
      ]),
      heading: dim,
    }),
  ];
}

/** A share of no photos at all, such as the precision of a label that was never given, is a dash. */
const share = (value: number, of: number) => (of > 0 ? percent(value) : "–");
