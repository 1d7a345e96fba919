// Every view in narrow terminals, with what is long in it: names, paths, numbers, lists.
import { networks, summarise } from "@fleuron/model";
import type { ComparedRun, RunEndEvent, RunStartEvent } from "@fleuron/trainer";
import type { EpochEvent } from "@fleuron/training";
import { recipes } from "@fleuron/training/recipes";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { check } from "../fixtures/fake-bundles.js";
import { textOutput } from "../fixtures/text-output.js";
import { DIAGNOSIS, EVALUATION, FINDINGS } from "../fixtures/trainer-answers.js";
import type { Canvas } from "../terminal/canvas.js";
import { colours } from "../terminal/colours.js";
import { writeLine } from "../terminal/output.js";
import { bundleLines } from "./bundle.js";
import { comparisonLines } from "./comparison.js";
import { confusionLines } from "./confusion.js";
import { datasetLines } from "./dataset.js";
import { diagnosisLines } from "./diagnosis.js";
import { drawnLines } from "./drawn.js";
import { EpochTable } from "./epoch-table.js";
import { evaluationLines } from "./evaluation.js";
import { predictionLines } from "./prediction.js";
import { runEndLines } from "./run-end.js";
import { runStartLines } from "./run-start.js";
import { siteLines } from "./site.js";
import { progressStatus, stepStatus } from "./status.js";
import { summaryLines } from "./summary.js";
import { verificationLines } from "./verification.js";

const LABELS = [
  "daisy",
  "a flower of the meadows in early spring",
  "Rhododendron_ponticum_subspecies_baeticum_2",
];
const FOLDER = "/somewhere/else/runs/modern-20261128-134500";
const HUGE = 40_819_721_529_563_544;

const start: RunStartEvent = {
  type: "run",
  folder: FOLDER,
  resumed: true,
  recipe: "modern",
  recipeSummary: recipes.modern.summary,
  network: "alexnet",
  parameters: 58_307_333,
  labels: LABELS,
  dataset: { name: "procedural", linearAccuracy: 0.481 },
  trainCount: 2934,
  valCount: 736,
  testCount: 120,
  largestClass: { label: LABELS.at(-1)!, share: 0.25 },
  epochs: 5500,
  batchSize: 32,
  stepsPerEpoch: 91,
  timeBudget: 86_400,
  engine: { engine: "tfjs-node-gpu", precision: "bfloat16", threads: 64, versions: {}, deterministic: true },
  engineReason:
    "the fastest in float32; tfjs-node would be faster here: pnpm fleuron engine install tfjs-node",
};

const end: RunEndEvent = {
  type: "end",
  reason: "completed",
  folder: FOLDER,
  latest: false,
  epoch: 5500,
  epochs: 5500,
  seconds: 86_400,
  best: { epoch: 5499, valLoss: HUGE, valAccuracy: 0.6 },
  final: { valLoss: HUGE, valAccuracy: 0.6 },
  report: `${FOLDER}/report.html`,
};

const evaluation = {
  ...EVALUATION,
  labels: LABELS,
  loss: HUGE,
  confusion: LABELS.map(() => LABELS.map(() => 1234)),
  perClass: LABELS.map((label) => ({ label, count: 1234, precision: 1, recall: 1, f1: 1 })),
  source: "data",
  part: "val",
  learntFrom: 1000,
  tta: "ten-crop",
} as const;

const compared = (name: string): ComparedRun => ({
  name,
  folder: `runs/${name}`,
  status: "stopped",
  recipe: "notebook-complete",
  network: "alexnet",
  parameters: 58_307_333,
  labels: LABELS,
  valCount: 736,
  metrics: [],
  best: { epoch: 2, valLoss: HUGE, valAccuracy: 0.893 },
  largestClass: { label: "tulips", share: 0.245 },
  interval: [0.8683, 0.9131],
  seconds: 372.8,
});
const runs = Array.from({ length: 7 }, (_, index) => compared(`notebook-complete-20261128-13450${index}`));

const verification = {
  ...{ bundle: "bundle", reference: "onnx float32 on onnxruntime-node", photos: 736, accuracy: 0.893 },
  largestClass: { label: "tulips", share: 0.245 },
  checks: [
    check({ passed: false, maxDifference: 0.31 }),
    check({ format: "tfjs-graph", precision: "int8", runner: "chromium-webgpu", photos: 64 }),
  ],
  source: "data",
  part: "test",
  learntFrom: null,
} as const;

const epoch: EpochEvent = {
  type: "epoch",
  ...{
    epoch: 5500,
    epochs: 5500,
    best: { epoch: 5500, valLoss: HUGE, valAccuracy: 1 },
    loss: HUGE,
    accuracy: 1,
    valLoss: HUGE,
  },
  ...{ valAccuracy: 1, learningRate: 0.00123, seconds: 86_000, imagesPerSecond: 1234.5, dataWait: 0 },
};

const VIEWS: { readonly [name: string]: (canvas: Canvas) => readonly string[] } = {
  bundle: (canvas) =>
    bundleLines(
      {
        folder: `${FOLDER}/bundle`,
        written: ["model.onnx", "model-int4.onnx"].map((path) => ({
          format: "tfjs-graph",
          precision: "float32",
          input: { name: "image", layout: "NCHW", shape: ["batch", 3, 227, 227] },
          output: { name: "probabilities" },
          files: [{ path, bytes: 233_000_000, chunks: [] }],
        })),
        manifest: undefined as never,
      },
      { did: "Imported", seconds: 75 },
      canvas,
    ),
  comparison: (canvas) =>
    comparisonLines(
      {
        runs,
        differences: [
          { setting: "init from", values: [null, `${FOLDER}/best.safetensors`, null, null, null, null, "b"] },
          { setting: "seed", values: ["1", "2", "3", "4", "5", "6", "7"] },
          { setting: "schedule, learning rate", values: ["0.02", "0.01", null, null, null, null, "0.00012"] },
        ],
        notes: [
          "The runs used different validation photos: small differences between their figures mean nothing.",
        ],
        file: `${FOLDER}/compare.html`,
      },
      canvas,
    ),
  confusion: (canvas) => confusionLines(evaluation, canvas),
  dataset: (canvas) =>
    datasetLines(
      {
        ...FINDINGS,
        folder: FOLDER,
        classes: LABELS.map((label) => ({ label, count: 12_345, unreadable: 12 })),
      },
      canvas,
    ),
  diagnosis: (canvas) => diagnosisLines(DIAGNOSIS, canvas),
  drawn: ({ colours: shades }) => drawnLines(start.dataset, shades),
  "epoch table": (canvas) => {
    const table = new EpochTable(canvas);
    return [table.heading(), table.line(epoch)];
  },
  evaluation: (canvas) => evaluationLines(evaluation, canvas, "/somewhere/else/photos"),
  prediction: (canvas) =>
    predictionLines(
      {
        photo: "/somewhere/else/photos/a photo of mine.jpg",
        predictions: LABELS.map((label) => ({ label, probability: 0.5 })),
        rejected: true,
      },
      canvas,
    ),
  "run end": (canvas) => runEndLines(end, start, canvas),
  "run end, early": (canvas) => runEndLines({ ...end, reason: "stopped early" }, start, canvas),
  "run end, stopped": (canvas) => runEndLines({ ...end, reason: "stopped" }, start, canvas),
  "nothing left": (canvas) => runEndLines({ ...end, goesOnWith: { epochs: 11_000 } }, undefined, canvas),
  "run start": (canvas) => runStartLines(start, canvas),
  site: (canvas) =>
    siteLines({ folder: FOLDER, files: [{ path: "model/model.onnx.data", bytes: 233_000_000 }] }, canvas),
  status: (canvas) => [
    ...stepStatus(
      {
        ...{ type: "step", epoch: 5500, epochs: 5500, step: 91, stepsPerEpoch: 91, loss: HUGE, accuracy: 1 },
        ...{ learningRate: 0.02, imagesPerSecond: 1234.5, dataWait: 0.01, secondsLeft: 86_000 },
      },
      32,
      canvas,
    ).drawn.split("\n"),
    progressStatus(
      {
        type: "progress",
        task: "initial weights for tfjs-node-gpu",
        completed: 1_234_567,
        total: 116_614_666,
        unit: "numbers",
      },
      90,
      canvas,
    ).drawn,
  ],
  summary: (canvas) => {
    const { rows, ...totals } = summarise(networks.alexnet({ classes: 5 }));
    return summaryLines({ ...totals, layers: rows }, canvas);
  },
  "verification that failed": (canvas) =>
    verificationLines({ ...verification, passed: false }, canvas, FOLDER),
  verification: (canvas) => verificationLines({ ...verification, passed: true }, canvas, FOLDER),
};

const printed = (view: (canvas: Canvas) => readonly string[], columns: number): readonly string[] => {
  const output = textOutput({ isTTY: true, columns });
  for (const line of view({ colours: colours(false), width: columns })) writeLine(output, line);
  return output.text().split("\n");
};

const letters = (lines: readonly string[]) => lines.join("").replaceAll(" ", "");
/** Words with single spaces between them: no table, and no bar. */
const isProse = (line: string) => /[a-z]/i.test(line) && !/\S {2,}\S|━|─/.test(line.trim());

describe.each(Object.entries(VIEWS))("%s", (name, view) => {
  it.each([40, 80])("fits into %i columns", (columns) => {
    const wide = printed(view, columns).filter((line) => stringWidth(line) > columns);
    // A path cannot be broken.
    expect(wide.filter((line) => line.trim().includes(" "))).toEqual([]);
  });

  it.skipIf(name === "status")("says all of its sentences in 40 columns", () => {
    const narrow = letters(printed(view, 40));
    for (const line of view({ colours: colours(false), width: Number.POSITIVE_INFINITY })) {
      if (isProse(line)) expect(narrow).toContain(line.replaceAll(" ", ""));
    }
  });
});
