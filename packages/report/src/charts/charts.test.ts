import { describe, expect, it } from "vitest";
import { epochTicks } from "./epoch-ticks.js";
import { spread } from "./spread.js";

describe("words at curves' ends", () => {
  const room = { gap: 10, lowest: 0, highest: 100 };
  it("stay where they are with room between them", () => expect(spread([50, 20], room)).toEqual([50, 20]));
  it("move apart in their order where they would touch", () => {
    expect(spread([52, 50, 51], room)).toEqual([70, 50, 60]);
  });
  it("stay inside the chart", () => expect(spread([99, 98, 120], room)).toEqual([90, 80, 100]));
});

describe("the epochs under a chart", () => {
  it.each([
    [1, [1]],
    [5, [1, 2, 3, 4, 5]],
    [12, [1, 2, 4, 6, 8, 10, 12]],
    [55, [1, 10, 20, 30, 40, 50]],
    [200, [1, 50, 100, 150, 200]],
  ])("of %i are round", (last, ticks) => expect(epochTicks(last)).toEqual(ticks));
});
