import { type RunSettings, recipeNames, recipes } from "@fleuron/training";
import { describe, expect, it } from "vitest";
import { runSettingsOf } from "./run-settings.js";

/** As they come out of a file. */
const written = (settings: object) => ({ settings: JSON.parse(JSON.stringify(settings)) });

const modern: RunSettings = { ...recipes.modern, patience: 3, timeBudget: 600, initFrom: "w.safetensors" };

describe("a run's settings", () => {
  it.each(recipeNames)("are those of the recipe %s, as they were written", (name) => {
    expect(runSettingsOf(written(recipes[name]))).toEqual(recipes[name]);
  });

  it("are what else the run was told, and what a later version may add", () => {
    const settings = { ...modern, later: [1] };
    expect(runSettingsOf(written(settings))).toEqual(settings);
  });

  it.each<readonly [string, object]>([
    ["schedule", { ...modern, schedule: undefined }],
    ["schedule.learningRate", { ...modern, schedule: { ...modern.schedule, learningRate: -1 } }],
    ["augmentation", { ...modern, augmentation: "none" }],
    ["augmentation.area", { ...modern, augmentation: { ...modern.augmentation, area: 3 } }],
    ["mixing.probability", { ...modern, mixing: { ...modern.mixing, probability: 2 } }],
    ["initialisation.bias", { ...modern, initialisation: { ...modern.initialisation, bias: 0 } }],
    ["labelSmoothing", { ...modern, labelSmoothing: null }],
    ["patience", { ...modern, patience: 0 }],
    ["batchSize", {}],
  ])("are refused with the name of what cannot be: %s", (name, settings) => {
    expect(() => runSettingsOf(written(settings))).toThrow(
      expect.objectContaining({
        code: "run-record-invalid",
        message: expect.stringContaining(`run.json is damaged: 'settings.${name}': `),
      }),
    );
  });
});
