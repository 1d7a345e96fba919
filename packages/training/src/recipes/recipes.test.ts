import { squarePreprocessingSchema, summarise } from "@fleuron/model";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { augmentationSchema } from "../augmentation/augmentation.js";
import { mixingSchema } from "../augmentation/mixing.js";
import type { PhotoColours } from "../augmentation/photo-colours.js";
import { trainingPlanSchema } from "../plan.js";
import { scheduleSchema } from "../schedules/index.js";
import { defaultRecipe, recipeNames, recipes } from "./index.js";
import type { Recipe } from "./recipe.js";
import { adaptRecipe, batchSettingsOf, needsColours, planOf, preprocessingOf } from "./resolve.js";

const options = { classes: 5, network: "alexnet", imageSize: 227 } as const;

const colours: PhotoColours = {
  mean: [0.45, 0.42, 0.3],
  components: [{ variance: 0.13, direction: [0.6, 0.6, 0.529] }],
};

describe.each(recipeNames)("the recipe %s", (name) => {
  const recipe: Recipe = { ...recipes[name], ...(needsColours(recipes[name]) && { colours }) };

  it("is called by its name in the table", () => {
    expect(recipe.name).toBe(name);
  });

  it("gives a plan, a preprocessing and settings that their schemas take, also after JSON", () => {
    const again = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));
    const plan = planOf(recipe, options);
    expect(v.parse(trainingPlanSchema, again(plan))).toEqual(plan);
    const preprocessing = preprocessingOf(recipe, 227);
    expect(v.parse(squarePreprocessingSchema, again(preprocessing))).toEqual(preprocessing);
    v.parse(scheduleSchema, again(recipe.schedule));
    v.parse(augmentationSchema, again(recipe.augmentation));
    v.parse(v.nullable(mixingSchema), again(recipe.mixing));
  });

  it("takes the options of a run, and keeps the rest", () => {
    const adapted = adaptRecipe(recipe, { epochs: 3, batchSize: 7, learningRate: 0.5 });
    expect(adapted).toEqual({
      ...recipe,
      epochs: 3,
      batchSize: 7,
      schedule: { ...recipe.schedule, learningRate: 0.5 },
    });
    expect(adaptRecipe(recipe, {})).toEqual(recipe);
  });
});

describe("the notebook", () => {
  const { notebook } = recipes;

  it("has 58,307,333 parameters for five classes, 58,304,581 of them trainable", () => {
    const { parameters, trainable } = summarise(planOf(notebook, options).network);
    expect([parameters, trainable]).toEqual([58_307_333, 58_304_581]);
  });

  it("trains with SGD at 0.01 and nothing else, 50 epochs in batches of 32, every photo", () => {
    expect(notebook).toMatchObject({ epochs: 50, batchSize: 32, keepPartialBatch: true, labelSmoothing: 0 });
    expect(notebook.optimiser).toMatchObject({
      momentum: 0,
      nesterov: false,
      weightDecay: 0,
      clipNorm: null,
    });
    expect(notebook.schedule).toEqual({ type: "inverseTime", learningRate: 0.01, decay: 0 });
    expect(notebook.augmentation).toEqual({ type: "none" });
    expect(notebook.mixing).toBeNull();
  });

  it("squashes photos with nearest and divides by 255", () => {
    expect(preprocessingOf(notebook, 227)).toMatchObject({
      size: 227,
      resize: { fit: "squash", filter: "nearest" },
      scale: 1 / 255,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    });
  });

  it("completes itself with momentum 0.9 and a decay of 0.0005 per step", () => {
    const complete = recipes["notebook-complete"];
    expect(complete.optimiser).toMatchObject({ momentum: 0.9 });
    expect(complete.schedule).toEqual({ type: "inverseTime", learningRate: 0.01, decay: 0.0005 });
  });
});

describe("modern", () => {
  it("is the default, and cuts the centre of a photo whose shorter side is 256 for an input of 227", () => {
    expect(defaultRecipe).toBe("modern");
    expect(preprocessingOf(recipes.modern, 227).resize).toMatchObject({ fit: "cover", resizeTo: 256 });
  });
});

describe("quick", () => {
  it("is modern in more and smaller steps, without mixing", () => {
    const { batchSize, mixing, ...rest } = recipes.quick;
    expect({ batchSize, mixing }).toEqual({ batchSize: 16, mixing: null });
    expect(rest.optimiser).toEqual(recipes.modern.optimiser);
    expect(preprocessingOf(recipes.quick, 227)).toEqual(preprocessingOf(recipes.modern, 227));
  });
});

describe("paper", () => {
  const { paper } = recipes;

  it("has the numbers of the paper", () => {
    expect(paper).toMatchObject({ epochs: 90, batchSize: 128, labelSmoothing: 0, mixing: null });
    expect(paper.optimiser).toMatchObject({ momentum: 0.9, nesterov: false, weightDecay: 5e-4 });
    expect(paper.schedule).toMatchObject({ type: "plateau", learningRate: 0.01, factor: 0.1, minimum: 1e-5 });
    expect(paper.augmentation).toEqual({ type: "randomCrop", flip: true, colourNoise: 0.1 });
    expect(paper.test).toBe("ten-crop");
  });

  it("draws kernels from N(0, 0.01) and starts conv 2, 4, 5 and the hidden dense layers with biases of 1", () => {
    const { conv2dKernel, denseKernel, overrides } = paper.initialisation;
    expect([conv2dKernel, denseKernel]).toEqual([
      { type: "normal", standardDeviation: 0.01 },
      { type: "normal", standardDeviation: 0.01 },
    ]);
    expect(Object.keys(overrides ?? {})).toEqual([
      "conv2/bias",
      "conv4/bias",
      "conv5/bias",
      "dense1/bias",
      "dense2/bias",
    ]);
  });

  it("needs the colours of the training photos, subtracts their mean and keeps levels as they are", () => {
    expect(needsColours(paper)).toBe(true);
    expect(() => preprocessingOf(paper, 227)).toThrow("were not measured");
    const measured = { ...paper, colours };
    expect(needsColours(measured)).toBe(false);
    const preprocessing = preprocessingOf(measured, 227);
    expect(preprocessing).toMatchObject({ mean: colours.mean, resize: { fit: "cover", resizeTo: 256 } });
    const { scale, mean, std } = preprocessing;
    expect((200 * scale - mean[0]) / std[0]).toBeCloseTo(200 - 0.45 * 255, 10);
    const { network } = planOf(paper, options);
    const settings = batchSettingsOf(measured, { network, classes: 5, seed: 0, preprocessing });
    expect(settings.colours).toEqual(colours);
  });
});
