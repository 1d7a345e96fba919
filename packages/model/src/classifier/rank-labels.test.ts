import { expect, it } from "vitest";
import { rankLabels } from "./rank-labels.js";

it("puts the most probable label first and leaves ties in the labels' order", () => {
  const ranked = rankLabels([0.2, 0.5, 0.2, 0.1], ["a", "b", "c", "d"], 3);
  expect(ranked).toEqual([
    { label: "b", probability: 0.5 },
    { label: "a", probability: 0.2 },
    { label: "c", probability: 0.2 },
  ]);
});

it("gives all labels by default", () => {
  expect(rankLabels([0.5, 0.5], ["a", "b"])).toHaveLength(2);
});
