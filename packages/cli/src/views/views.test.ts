import type { EvaluationOfRun, PhotosMeasured, RunEndEvent, RunStartEvent } from "@fleuron/trainer";
import type { EpochEvent } from "@fleuron/training";
import { describe, expect, it } from "vitest";
import { colours } from "../terminal/colours.js";
import { confusionLines } from "./confusion.js";
import { EpochTable } from "./epoch-table.js";
import { evaluationLines } from "./evaluation.js";
import { factLines } from "./facts.js";
import { predictionLines } from "./prediction.js";
import { runEndLines } from "./run-end.js";
import { runStartLines } from "./run-start.js";
import { progressStatus, stepStatus } from "./status.js";
import { TaskClock } from "./task-clock.js";

const canvas = (width: number) => ({ colours: colours(false), width });

describe("the confusion matrix", () => {
  const labels = ["daisy", "a very long name of a flower"];
  const confusion = [
    [40, 2],
    [0, 1234],
  ];
  it("stands under the labels where they fit", () => {
    expect(confusionLines({ labels, confusion }, canvas(80))).toEqual([
      "actual \\ predicted            daisy  a very long name of a flower",
      "daisy                            40                             2",
      "a very long name of a flower      ·                         1,234",
    ]);
  });
  it("stands under numbers where they do not", () => {
    expect(confusionLines({ labels, confusion }, canvas(60))).toEqual([
      "actual \\ predicted               1      2",
      "1 daisy                         40      2",
      "2 a very long name of a flower   ·  1,234",
    ]);
  });
  it("becomes the commonest confusions where nothing fits", () => {
    expect(confusionLines({ labels, confusion }, canvas(30))).toEqual([
      "actual  predicted       photos",
      "daisy   a very long          2",
      "        name of a",
      "        flower",
    ]);
  });
});

describe("an evaluation", () => {
  const uncounted = { temperature: 1, reliability: { count: 0, error: 0, bins: [] } };
  const seen = { source: "validation", part: null, learntFrom: 0, ...uncounted } as const;
  const perClass = [{ label: "a", count: 1, precision: 1, recall: 1, f1: 1 }];
  it("shows a dash for a share that is not defined", () => {
    const lines = evaluationLines(
      {
        ...seen,
        tta: "none",
        accuracy: 1,
        loss: 0.25,
        count: 1,
        labels: ["a", "b"],
        confusion: [
          [1, 0],
          [0, 0],
        ],
        perClass: [
          { label: "a", count: 1, precision: 1, recall: 1, f1: 1 },
          { label: "b", count: 0, precision: 0, recall: 0, f1: 0 },
        ],
      },
      canvas(80),
    );
    expect(lines.at(0)).toBe("100.0% of 1 photo classified correctly (95% interval 20.7% to 100.0%)");
    expect(lines.at(-1)).toBe("b           0          –       –       –");
  });
  it("shows the worst confusions and classes of 400, and says where the rest is", () => {
    const labels = Array.from({ length: 400 }, (_, at) => `class ${at}`);
    const confusion = labels.map((_, actual) =>
      labels.map((_, predicted) =>
        actual === predicted ? 9 : predicted === actual + 1 && actual > 389 ? 1 : 0,
      ),
    );
    const perClass = labels.map((label, at) => ({
      label,
      count: 9,
      precision: 1,
      recall: 1,
      f1: at === 7 ? 0.5 : 1,
    }));
    const lines = evaluationLines(
      { accuracy: 1, loss: 0, count: 3600, labels, confusion, perClass, ...seen, tta: "none" },
      canvas(100_000),
    );
    expect(lines).toHaveLength(48);
    expect(lines.find((line) => line.includes("50.0%"))).toMatch(/^class 7 /);
    expect(lines.at(-1)).toBe("the 30 lowest of 400 classes; --json has all of them, and the matrix");
    expect(lines.join("\n").length).toBeLessThan(3000);
  });
  it("lists of many classes those that have photos", () => {
    const labels = Array.from({ length: 40 }, (_, at) => `class ${at}`);
    const perClass = labels.map((label, at) => ({
      label,
      count: at === 9 ? 3 : 0,
      precision: 1,
      recall: 1,
      f1: 1,
    }));
    const confusion = labels.map((_, actual) =>
      labels.map((_, predicted) => Number(actual === 9 && predicted === 9) * 3),
    );
    const lines = evaluationLines(
      { accuracy: 1, loss: 0, count: 3, labels, confusion, perClass, ...seen, tta: "none" },
      canvas(100),
    );
    expect(lines.filter((line) => line.startsWith("class ") && line.includes("%"))).toHaveLength(1);
    expect(lines.at(-1)).toBe("the 1 with photos of 40 classes; --json has all of them, and the matrix");
  });
  it("says which photos were counted, and how many of them were learnt from", () => {
    const figures = { accuracy: 1, loss: 0, count: 20, labels: ["a"], confusion: [[1]], perClass };
    const evaluation = { ...figures, ...uncounted };
    const told = (measured: PhotosMeasured, data?: string) => {
      const lines = evaluationLines({ ...evaluation, ...measured, tta: "none" }, canvas(200), data);
      expect(lines[1]).toBe("always naming a would give 100.0%");
      return lines.slice(3, lines.indexOf(""));
    };
    const held = { source: "validation", part: null, learntFrom: 0 } as const;
    expect(told(held)).toEqual([]);
    expect(told(held, "photos")).toEqual([
      "photos has the run's own photos: only its validation photos are counted.",
    ]);
    expect(told({ ...held, learntFrom: 16 })).toEqual([
      "The run was trained on 16 of them: this accuracy says nothing about new photos.",
    ]);
    expect(told({ source: "data", part: "val", learntFrom: 20 }, "other")).toEqual([
      "Of other, only val/ is counted.",
      "The run was trained on all of them: this accuracy says nothing about new photos.",
    ]);
    expect(told({ source: "data", part: null, learntFrom: null }, "other")).toEqual([
      "Whether the network was trained on some of them is unknown: its run is not here.",
    ]);
  });
  it("says how far its probabilities can be believed, and which photos say so", () => {
    const figures = { accuracy: 1, loss: 0.25, count: 20, labels: ["a"], confusion: [[1]], perClass };
    const reliability = { count: 10, error: 0.031, bins: [] };
    const lines = (given: Partial<EvaluationOfRun>) => {
      const all = evaluationLines({ ...figures, ...seen, reliability, tta: "none", ...given }, canvas(200));
      return all.slice(3, all.indexOf(""));
    };
    expect(lines({ temperature: 0.8123 })).toEqual([
      "calibration error 3.1% at temperature 0.8123 on the 10 photos that it was not fitted to",
    ]);
    const rejection = { below: 0.4, rejected: 0.1, accuracy: 0.9 };
    expect(lines({ rejection, reliability: { ...reliability, count: 20 } })).toEqual([
      "calibration error 3.1% at temperature 1",
      "none of these below 40.0%: 10.0% of them, and 90.0% of the others are correct",
    ]);
    expect(lines({ rejection: { below: 0.4, rejected: 1 } }).at(-1)).toBe(
      "none of these below 40.0%: 100.0% of them, and – of the others are correct",
    );
  });
  it("says which views of the photos were averaged", () => {
    const evaluation = { accuracy: 1, loss: 0, count: 1, labels: ["a"], confusion: [[1]], perClass };
    const line = (tta: "none" | "flip" | "ten-crop") =>
      evaluationLines({ ...evaluation, ...seen, tta }, canvas(80)).find((text) => text.includes("averaged"));
    expect(line("none")).toBeUndefined();
    expect(line("flip")).toBe("each photo and its mirror image, averaged");
    expect(line("ten-crop")).toBe("ten views of each photo, averaged: corners and centre, also mirrored");
  });
});

describe("a run", () => {
  it("says beforehand that its epochs depend on its time", () => {
    const event: RunStartEvent = {
      type: "run",
      folder: "runs/x",
      resumed: false,
      recipe: "mine",
      recipeSummary: "modern with epochs 55",
      network: "alexnet",
      parameters: 1,
      labels: ["a", "b"],
      dataset: { name: "folder" },
      trainCount: 8,
      valCount: 2,
      testCount: 3,
      largestClass: { label: "a", share: 0.5 },
      epochs: 55,
      batchSize: 4,
      stepsPerEpoch: 2,
      engine: { engine: "onnx-cpu", precision: "float32", threads: 1, versions: {} },
      engineReason: "asked for",
    };
    expect(runStartLines(event, canvas(100))).toContain("recipe   mine: modern with epochs 55");
    expect(runStartLines(event, canvas(100))).toContain(
      "photos   8 for training, 2 for validation; 3 in test/ are set aside",
    );
    const plan = (more: Partial<RunStartEvent>) =>
      runStartLines({ ...event, ...more }, canvas(100)).find((line) => line.startsWith("plan"));
    expect(plan({})).toBe("plan     55 epochs of 2 steps, 4 photos per step");
    expect(plan({ timeBudget: 600 })).toBe(
      "plan     up to 55 epochs of 2 steps, 4 photos per step, as many as fit in 10m 00s",
    );
  });
  it("says why it ended early", () => {
    const lines = runEndLines(
      {
        type: "end",
        latest: true,
        reason: "stopped early",
        folder: "runs/x",
        epoch: 9,
        epochs: 55,
        seconds: 30,
        best: { epoch: 4, valLoss: 0.5, valAccuracy: 0.75, why: "lowest smoothed validation loss" },
        final: { valLoss: 0.75, valAccuracy: 0.5 },
        report: null,
      },
      { valCount: 8, largestClass: { label: "rose", share: 0.5 } },
      canvas(80),
    );
    expect(lines.slice(1, 7)).toEqual([
      "Finished early in 30s: runs/x",
      "no improvement since epoch 4",
      "accuracy 75.0% on 8 validation photos, loss 0.5000",
      "always naming rose would give 50.0%",
      "best: epoch 4 of 9, lowest smoothed validation loss",
      "last epoch: 50.0%, loss 0.7500",
    ]);
  });
});

describe("a complete run that was asked to go on", () => {
  const told = (reason: "completed" | "stopped early", goesOnWith: NonNullable<RunEndEvent["goesOnWith"]>) =>
    runEndLines(
      {
        type: "end",
        ...{ folder: "runs/x", latest: true, epoch: 4, epochs: 4, seconds: 0 },
        ...{ best: { epoch: 2, valLoss: 0.5, valAccuracy: 0.75 }, final: null, report: null },
        reason,
        goesOnWith,
      },
      undefined,
      canvas(100),
    );
  it("says that nothing is left, and what would go on", () => {
    expect(told("completed", { epochs: 8 })).toEqual([
      "",
      "Nothing left to train: runs/x was complete after 4 epochs.",
      "accuracy 75.0% on the validation photos, loss 0.5000",
      "best: epoch 2 of 4",
      "",
      "  pnpm train --resume runs/x --epochs 8  continues; higher values work too",
    ]);
    const early = told("stopped early", { patience: 3 });
    expect(early[1]).toBe(
      "Nothing left to train: runs/x stopped early after 4 epochs, with no improvement since epoch 2.",
    );
    expect(early.at(-1)).toContain("pnpm train --resume runs/x --patience 3");
  });
});

describe("a prediction", () => {
  it("draws each label's probability", () => {
    const predictions = [
      { label: "roses", probability: 0.9 },
      { label: "sunflowers", probability: 0.1 },
    ];
    expect(predictionLines({ photo: "a.jpg", predictions, rejected: false }, canvas(80))).toEqual([
      "a.jpg",
      `  roses       ${"━".repeat(27)}───  90.0%`,
      `  sunflowers  ━━━${"─".repeat(27)}  10.0%`,
      "",
    ]);
  });

  it("says that it is none of these, and names the nearest", () => {
    const predictions = [{ label: "roses", probability: 0.3 }];
    expect(predictionLines({ photo: "a.jpg", predictions, rejected: true }, canvas(80))).toEqual([
      "a.jpg",
      "  none of these; the nearest:",
      `  roses  ${"━".repeat(9)}${"─".repeat(21)}  30.0%`,
      "",
    ]);
  });
});

describe("facts", () => {
  it("wrap their values beside the names", () => {
    const lines = factLines([["recipe", "one two three four five six seven eight"]], canvas(38));
    expect(lines).toEqual(["recipe  one two three four five six", "        seven eight"]);
  });
});

describe("what is happening now", () => {
  const step = {
    type: "step",
    epoch: 2,
    epochs: 55,
    step: 41,
    stepsPerEpoch: 91,
    loss: 1.2031,
    accuracy: 0.481,
    learningRate: 0.02,
    imagesPerSecond: 16,
    dataWait: 0.01,
    secondsLeft: 9660,
  } as const;

  it("is one line in a wide terminal, with the epoch's and the run's time left", () => {
    expect(stepStatus(step, 32, canvas(110)).drawn).toBe(
      "   2/55  ━━━━━━━━━───────────  41/91  loss 1.2031  acc 48.1%  16.0 img/s  wait 1%  epoch 1m 40s  run 2h 41m",
    );
  });
  it.each([30, 50, 80])("is two lines in a terminal of %i columns, neither too long", (width) => {
    const lines = stepStatus(step, 32, canvas(width)).drawn.split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });
  it("is a sentence in a log", () => {
    expect(stepStatus(step, 32, canvas(Number.POSITIVE_INFINITY)).plain).toBe(
      "epoch 2/55, step 41/91: loss 1.2031, accuracy 48.1%, 16.0 img/s, 1% of the time waiting for photos, " +
        "1m 40s left in the epoch, 2h 41m in the run",
    );
  });
  it("says how long a task still takes, from when it was first seen", () => {
    let time = 5000;
    const clock = new TaskClock(() => time);
    const at = (completed: number) =>
      ({ type: "progress", task: "decoding photos", completed, total: 400, unit: "photos" }) as const;
    expect(clock.measure(at(100)).left).toBeNaN();
    time += 10_000;
    const { left } = clock.measure(at(200));
    expect(left).toBe(20);
    expect(progressStatus(at(200), left, canvas(80)).plain).toBe("decoding photos: 200/400 photos, 20s left");
  });
  it("says nothing from the first bytes of a file, which are no pace", () => {
    let time = 0;
    const clock = new TaskClock(() => time);
    const at = (completed: number) => {
      time += 1000;
      return clock.measure({ type: "progress", task: "writing", completed, total: 3e6, unit: "bytes" }).left;
    };
    expect([at(0), at(27)]).toEqual([Number.NaN, Number.NaN]);
    expect(at(1.5e6)).toBe(2);
  });
  it("measures a task anew that begins again, as validation does after each epoch", () => {
    let time = 0;
    const clock = new TaskClock(() => time);
    const at = (completed: number) => {
      time += 1000;
      return clock.measure({ type: "progress", task: "validating", completed, total: 64, unit: "photos" });
    };
    for (const completed of [16, 32, 64]) at(completed);
    time += 3_600_000;
    expect(at(16).left).toBeNaN();
    expect(at(32).left).toBe(2);
  });
});

describe("the table of epochs", () => {
  const event: EpochEvent = {
    ...{
      type: "epoch",
      epoch: 12,
      epochs: 55,
      best: { epoch: 12, valLoss: 1, valAccuracy: 0.625 },
      loss: 1.25,
      accuracy: 0.5,
      valLoss: 1,
      valAccuracy: 0.625,
    },
    ...{ learningRate: 0.02, seconds: 186, imagesPerSecond: 17.2, dataWait: 0 },
  };
  const at = (width: number) => {
    const table = new EpochTable(canvas(width));
    return [table.heading(), table.line(event)];
  };
  it("has all columns where they fit", () => {
    expect(at(80)).toEqual([
      "  epoch    loss     acc  val loss  val acc        lr     time   img/s",
      "  12/55  1.2500   50.0%    1.0000    62.5%      0.02   3m 06s    17.2  best",
    ]);
  });
  it("marks the best epoch so far, and no other", () => {
    const line = new EpochTable(canvas(80)).line({ ...event, best: { ...event.best, epoch: 11 } });
    expect(line).toMatch(/17\.2$/);
  });
  it("keeps what is held out longest where the terminal is narrow", () => {
    expect(at(60)).toEqual([
      "  epoch    loss  val loss  val acc        lr     time",
      "  12/55  1.2500    1.0000    62.5%      0.02   3m 06s  best",
    ]);
    expect(at(40)[0]).toBe("  epoch    loss  val loss  val acc");
  });
});
