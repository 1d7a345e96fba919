import { expect, it } from "vitest";
import { areEnoughEpochs, recipeForEpochs } from "./for-epochs.js";

it.each([
  [0.42, "quick", "about 0.4 epochs fit"],
  [12.3, "quick", "about 12 epochs fit"],
  [29.9, "quick", "about 30 epochs fit"],
  [30, "modern", "about 30 epochs fit"],
  [400, "modern", "about 400 epochs fit"],
])("of %s epochs that fit: %s", (fitting, name, reason) => {
  const chosen = recipeForEpochs(fitting);
  expect(chosen.recipe.name).toBe(name);
  expect(chosen.recipe.mixing === null).toBe(name === "quick");
  expect(chosen.recipe.epochs).toBeGreaterThanOrEqual(Math.min(fitting, 110));
  expect(chosen.reason).toContain(reason);
});

it("epochs of the whole width are enough where half of it would have no more", () => {
  expect([0.3, 55, 109.9, 110, 400].map(areEnoughEpochs)).toEqual([false, false, false, true, true]);
});
