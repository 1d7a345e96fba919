import { describe, expect, it } from "vitest";
import { recipes } from "./index.js";
import { ownRecipe } from "./own-recipe.js";

const own = (changes: object | string) =>
  ownRecipe("mine", typeof changes === "string" ? changes : JSON.stringify(changes));
const problemOf = (changes: object | string) => {
  const read = own(changes);
  return "problem" in read ? read.problem : read.value.summary;
};

describe("a recipe of one's own", () => {
  it("is another recipe with what it has otherwise, entry by entry", () => {
    const { modern } = recipes;
    expect(
      own({ epochs: 30, schedule: { learningRate: 0.01 }, mixing: null, preprocessing: { std: [1, 2, 3] } }),
    ).toEqual({
      value: {
        ...modern,
        name: "mine",
        summary: "modern with epochs 30, schedule.learningRate 0.01, mixing null, preprocessing.std [1,2,3]",
        epochs: 30,
        schedule: { ...modern.schedule, learningRate: 0.01 },
        mixing: null,
        preprocessing: { ...modern.preprocessing, std: [1, 2, 3] },
      },
    });
  });

  it("extends any recipe of the table, and has a summary of its own", () => {
    expect(
      own({ extends: "quick", summary: "ours", mixing: { probability: 1, cutMixAlpha: 1, mixupAlpha: 1 } }),
    ).toEqual({
      value: {
        ...recipes.quick,
        name: "mine",
        summary: "ours",
        mixing: { probability: 1, cutMixAlpha: 1, mixupAlpha: 1 },
      },
    });
    expect(own({ extends: "paper" })).toEqual({
      value: { ...recipes.paper, name: "mine", summary: "paper with nothing changed" },
    });
  });

  it("takes an entry of another type as it stands, and changes one of the same type", () => {
    const schedule = { type: "inverseTime", learningRate: 0.1, decay: 0 };
    expect(own({ schedule })).toMatchObject({ value: { schedule } });
    expect(own({ optimiser: { type: "sgd", weightDecay: 0 } })).toMatchObject({
      value: { optimiser: { ...recipes.modern.optimiser, weightDecay: 0 } },
    });
  });

  it("leaves the recipe that it extends as it was", () => {
    const before = structuredClone(recipes.modern);
    own({ schedule: { learningRate: 9 }, augmentation: { area: [0.5, 1] } });
    expect(recipes.modern).toEqual(before);
  });

  it.each<readonly [object | string, string]>([
    ["", "it is empty"],
    ["{", "it is not JSON"],
    ["[1]", "it must be an object, but is [1]"],
    ["null", "it must be an object, but is null"],
    [
      { extends: "moden" },
      "'extends' must be one of fine-tune, head, modern, notebook, notebook-complete, paper, quick, but is 'moden'",
    ],
    [{ name: "other" }, "'name' is unknown: a recipe is called as its file"],
    [{ epoch: 3 }, "'epoch' is unknown"],
    [{ epochs: 0 }, "'epochs' must be a positive integer, but is 0"],
    [{ optimiser: null }, "'optimiser' must be an object, but is null"],
    [{ optimiser: { weightDecay: -1 } }, "'optimiser.weightDecay' must be at least 0, but is -1"],
    [{ optimiser: { decay: 1 } }, "'optimiser.decay' is unknown"],
    [{ optimiser: { type: "adamw", beta1: 0.9 } }, "'optimiser.beta2' is missing"],
    [
      { schedule: { type: "cosine" } },
      "'schedule.type' must be one of inverseTime, warmupCosine, plateau, but is 'cosine'",
    ],
    [{ augmentation: { area: 0.5 } }, "'augmentation.area' must be a list, but is 0.5"],
    ["[]", "it must be an object, but is []"],
  ])("is refused as %j", (changes, problem) => expect(problemOf(changes)).toBe(problem));

  it("is not called as a recipe of the table", () => {
    expect(ownRecipe("modern", "{}")).toEqual({
      problem: "a recipe that Fleuron has is called 'modern', so it must have another name",
    });
  });
});
