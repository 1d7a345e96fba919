import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type RunSettings, recipeNames, recipes } from "@fleuron/training";
import { describe, expect, it } from "vitest";
import type { NetworkFile } from "./network-file.js";
import { RUN_FILES } from "./run-files.js";
import { decodeRunRecord } from "./run-record.js";
import { runSettingsOf } from "./run-settings.js";

const KEPT = new URL("../../../../docs/runs/", import.meta.url);
const keptRuns = readdirSync(KEPT, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith("run.json"),
);

/** The network of a run that trains a graph. */
function networkBeside(name: string): NetworkFile | undefined {
  const file = new URL(name.replace(/run\.json$/, RUN_FILES.network), KEPT);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  return { text, sha256: createHash("sha256").update(text).digest("hex") };
}

/** As they come out of a file. */
const written = (settings: object) => ({ settings: JSON.parse(JSON.stringify(settings)) });

const modern: RunSettings = { ...recipes.modern, patience: 3, timeBudget: 600, initFrom: "w.safetensors" };

describe("a run's settings", () => {
  it.each(recipeNames)("are those of the recipe %s, as they were written", (name) => {
    expect(runSettingsOf(written(recipes[name]))).toEqual(recipes[name]);
  });

  it.each(keptRuns)("are those of the older run %s, with all that it has", (name) => {
    const text = readFileSync(new URL(name, KEPT), "utf8");
    const record = decodeRunRecord(text, name, networkBeside(name));
    expect(runSettingsOf(record)).toEqual(JSON.parse(text).settings);
  });

  it("are those of runs that did not record whether they may round", () => {
    const { mixedPrecision, ...settings } = modern;
    expect(runSettingsOf(written(settings))).toEqual(settings);
  });

  it("are what else the run was given, and what a later version may add", () => {
    // `best` was a measure that runs of older versions have.
    const settings = { ...modern, best: "valAccuracy", later: [1] };
    expect(runSettingsOf(written(settings))).toEqual(settings);
  });

  it.each<readonly [string, object]>([
    ["'settings.schedule' is missing", { schedule: undefined }],
    ["'settings.schedule.type' is missing", { schedule: { learningRate: "fast" } }],
    [
      "'settings.schedule.learningRate' must be a number, but is 'fast'",
      { schedule: { ...modern.schedule, learningRate: "fast" } },
    ],
    [
      "'settings.schedule.learningRate' must be above 0, but is -1",
      { schedule: { ...modern.schedule, learningRate: -1 } },
    ],
    ["'settings.augmentation' must be an object, but is 'none'", { augmentation: "none" }],
    [
      "'settings.augmentation.type' must be one of none, randomResizedCrop, randomCrop, but is 'spiral'",
      { augmentation: { type: "spiral" } },
    ],
    [
      "'settings.augmentation.area' must be a list, but is 3",
      { augmentation: { ...modern.augmentation, area: 3 } },
    ],
    [
      "'settings.augmentation.area.0' must be above 0, but is -0.5",
      { augmentation: { ...modern.augmentation, area: [-0.5, 1] } },
    ],
    [
      "'settings.mixing.probability' must be at most 1, but is 2",
      { mixing: { ...modern.mixing, probability: 2 } },
    ],
    [
      "'settings.initialisation.bias' must be an object, but is 0",
      { initialisation: { ...modern.initialisation, bias: 0 } },
    ],
    [
      "'settings.optimiser.type' must be one of adamw, sgd, but is 'newton'",
      { optimiser: { type: "newton" } },
    ],
    [
      "'settings.preprocessing.mean' must be three numbers or 'training-photos', but is 'grey'",
      { preprocessing: { ...modern.preprocessing, mean: "grey" } },
    ],
    ["'settings.labelSmoothing' must be at least 0 and below 1, but is null", { labelSmoothing: null }],
    ["'settings.patience' must be a positive integer, but is 0", { patience: 0 }],
    ["'settings.timeBudget' must be a number of seconds above 0, but is '7m'", { timeBudget: "7m" }],
    ["'settings.batchSize' must be a positive integer, but is 2.5", { batchSize: 2.5 }],
    ["'settings.batchSize' is missing", { batchSize: undefined }],
  ])("are refused in words: %s", (problem, change) => {
    expect(() => runSettingsOf(written({ ...modern, ...change }))).toThrow(
      expect.objectContaining({
        code: "run-record-invalid",
        subject: "run.json",
        message: `run.json is damaged: ${problem}.`,
      }),
    );
  });
});
