import { expect, it } from "vitest";
import { suiteOptions } from "./options.js";

const names = ["kills", "stops"];

it("takes names, a seed and a number of tries", () => {
  expect(suiteOptions(["--only", "kills,stops", "--seed", "0", "--times", "3"], names)).toMatchObject({
    only: ["kills", "stops"],
    seed: 0,
    times: 3,
  });
  expect(suiteOptions([], names)).toMatchObject({ only: [], seed: undefined, times: undefined });
});

it.each([
  [["--only", "floods"], "There is no fault 'floods'. Faults: kills, stops."],
  [["--seed", "-1"], "--seed"],
  [["--times", "0"], "'--times' must be a whole number, 1 or more, but is '0'."],
  [["--forever"], "--forever"],
])("refuses %j", (args, words) => {
  expect(() => suiteOptions(args, names)).toThrow(words);
});
