// What is happening now: one line for a terminal, one in words for a log.

import { count, lossText, type ProgressEvent, percent } from "@fleuron/model";
import type { StepEvent } from "@fleuron/training";
import { bar } from "../terminal/bar.js";
import type { Canvas } from "../terminal/canvas.js";
import { duration } from "../terminal/duration.js";
import { fit, type Part } from "../terminal/fit.js";
import type { Status } from "../terminal/screen.js";
import { EPOCH_WIDTH } from "./epoch-table.js";

/** From here on a step's figures stand beside its bar instead of below. */
const ONE_LINE_WIDTH = 104;

const barWidth = (width: number) =>
  Math.max(8, Math.min(24, width < ONE_LINE_WIDTH ? width - 48 : width - 90));

/** `secondsLeft` is NaN while it is unknown. */
export function progressStatus(event: ProgressEvent, secondsLeft: number, canvas: Canvas): Status {
  const { task, completed, total, unit } = event;
  const done = unit === "bytes" ? megabytes(completed, total) : `${count(completed)}/${count(total)} ${unit}`;
  const left = Number.isNaN(secondsLeft) ? [] : [`${duration(secondsLeft)} left`];
  const parts: Part[] = [
    { text: task, rank: 0 },
    { text: bar(total === 0 ? 1 : completed / total, barWidth(canvas.width), canvas.colours), rank: 3 },
    { text: done, rank: 1 },
    ...left.map((text) => ({ text: canvas.colours.dim(text), rank: 2 })),
  ];
  return { drawn: fit(parts, canvas.width), plain: `${task}: ${[done, ...left].join(", ")}` };
}

const megabytes = (completed: number, total: number) =>
  `${count(Math.round(completed / 1e6))}/${count(Math.round(total / 1e6))} MB`;

/** `batchSize` photos per step. */
export function stepStatus(event: StepEvent, batchSize: number, canvas: Canvas): Status {
  const { epoch, epochs, step, stepsPerEpoch, imagesPerSecond } = event;
  const { dim } = canvas.colours;
  const labelled = (label: string, value: string) => `${dim(label)} ${value}`;
  const loss = lossText(event.loss);
  const accuracy = percent(event.accuracy);
  const speed = `${imagesPerSecond.toFixed(1)} img/s`;
  const wait = percent(event.dataWait, 0);
  const epochLeft = duration(((stepsPerEpoch - step) * batchSize) / imagesPerSecond);
  const runLeft = duration(event.secondsLeft);
  const place: Part[] = [
    { text: `${epoch}/${epochs}`.padStart(EPOCH_WIDTH), rank: 0 },
    { text: bar(step / stepsPerEpoch, barWidth(canvas.width), canvas.colours), rank: 3 },
    { text: `${step}/${stepsPerEpoch}`, rank: 1 },
  ];
  const figures: Part[] = [
    { text: labelled("loss", loss), rank: 0 },
    { text: labelled("acc", accuracy), rank: 1 },
    { text: speed, rank: 2 },
    { text: labelled("wait", wait), rank: 3 },
  ];
  const left: Part[] = [
    { text: labelled("epoch", epochLeft), rank: 2 },
    { text: labelled("run", runLeft), rank: 0 },
  ];
  const indented: Part[] = [{ text: " ".repeat(EPOCH_WIDTH), rank: 0 }, ...figures];
  return {
    drawn:
      canvas.width >= ONE_LINE_WIDTH
        ? fit([...place, ...figures, ...left], canvas.width)
        : `${fit([...place, ...left], canvas.width)}\n${fit(indented, canvas.width)}`,
    plain:
      `epoch ${epoch}/${epochs}, step ${step}/${stepsPerEpoch}: loss ${loss}, accuracy ${accuracy}, ${speed}, ` +
      `${wait} of the time waiting for photos, ${epochLeft} left in the epoch, ${runLeft} in the run`,
  };
}
