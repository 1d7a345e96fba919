import { percent } from "@fleuron/model";
import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import type { Learning } from "./measure.js";

export interface PrintLearningOptions {
  readonly times: number;
  readonly json: boolean;
  readonly loadBefore: number;
}

/** A table, or one object with the machine that it was measured on. */
export function printLearning(result: Learning, { times, json, loadBefore }: PrintLearningOptions): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, loadAverage: loadBefore, times, ...result })}\n`);
    return;
  }
  const { labels, perClass, learnt } = result;
  const { preparingMs, trainingMs, firstFrameMs, frameMs, valAccuracy } = learnt;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const lines = alignColumns(
    [
      [`${perClass} photos of each of ${labels.join(", ")}`, "takes"],
      ["photos and network read, features computed", seconds(preparingMs)],
      ["the head's epochs, and the bundle", seconds(trainingMs)],
      ["from photos to a classifier", seconds(preparingMs + trainingMs)],
      ["the classifier loaded, a camera frame named", seconds(firstFrameMs)],
      ["each further frame", `${frameMs.toFixed(0)} ms`],
    ],
    (column) => column === 1,
  );
  process.stdout.write(
    `${lines.join("\n")}\n\n${percent(valAccuracy)} of the validation photos named rightly; ${machine.cpu}, ` +
      `${machine.cores} cores, WASM with threads in Chromium; medians of ${times} pages; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}
