import { expect, it } from "vitest";
import { runName } from "./run-name.js";

it("is what is learnt, with a number where that is taken", () => {
  expect(runName(["aster", "crocus", "rose"], [])).toBe("aster, crocus and rose");
  expect(runName(["cats", "dogs"], ["cats and dogs"])).toBe("cats and dogs (2)");
  expect(runName(["cats", "dogs"], ["cats and dogs", "cats and dogs (2)"])).toBe("cats and dogs (3)");
});

it("can be the name of a folder, however many classes there are and whatever they are called", () => {
  expect(runName(["a", "b", "c", "d"], [])).toBe("a, b and 2 others");
  expect(runName(["../in/out", "b"], [])).toBe("-in-out and b");
  expect(runName(["x".repeat(300), "b"], [])).toHaveLength(60);
});
