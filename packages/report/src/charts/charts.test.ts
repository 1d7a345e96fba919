import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { confusionChart } from "./confusion.js";
import { lossTicks } from "./curves.js";
import { epochTicks } from "./epoch-ticks.js";
import { intervalChart } from "./interval.js";
import { namePlaces } from "./name-places.js";
import { spread } from "./spread.js";
import { textWidth } from "./text-width.js";

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

describe("the losses at the left of a chart", () => {
  it.each([
    [0.0045, [0.001, 0.004], ["0.0010", "0.0040"]],
    [2.4, [0, 0.5, 2], ["0.00", "0.50", "2.00"]],
    [16, [5, 15], ["5.0", "15.0"]],
    [99_000, [20_000, 80_000], ["20000", "80000"]],
    [1.3e5, [0, 1e5, 1.2e5], ["0", "1e5", "1.2e5"]],
    [4.2e-5, [0, 1e-5, 4e-5], ["0", "1e-5", "4e-5"]],
    [4.3e16, [1e16, 4e16], ["1e16", "4e16"]],
  ])("up to %d are told apart in little room", (top, values, words) => {
    expect(values.map(lossTicks(top))).toEqual(words);
  });
});

it("the words at the commonest class stay inside the chart, wherever it is", () => {
  const anchor = (commonest: number) =>
    /text-anchor="(\w+)"[^>]*><text[^>]*>always/.exec(
      intervalChart({ accuracy: 0.98, low: 0.93, high: 0.99, commonest }).text,
    )?.[1];
  expect([0.1, 0.97].map(anchor)).toEqual(["start", "end"]);
});

it("the last slanted name over a confusion matrix stays inside the chart", () => {
  const labels = Array.from({ length: 5 }, (_, index) => `WWWWWWWWWW ${index}`);
  const width = 460;
  const ones = labels.map(() => labels.map(() => 1));
  const { document } = parseHTML(confusionChart(labels, ones, width).text);
  const last = [...document.querySelectorAll('text[transform*="rotate(-35)"]')].at(-1)!;
  const along = (element: Element | null) =>
    Number(/translate\(([\d.]+)/.exec(element!.getAttribute("transform")!)![1]);
  const reach = textWidth(last.textContent) * Math.cos((35 / 180) * Math.PI);
  expect(along(last) + along(last.parentElement) + reach).toBeLessThanOrEqual(width);
});

describe("the names of a path's points", () => {
  const at = (name: string, x: number, y: number) => ({ name, x, y, radius: 5 });
  it("stand above a peak and below a dip", () => {
    expect(namePlaces([at("a", 0, 50), at("b", 100, 80), at("c", 200, 20)])).toEqual([37.5, 92.5, 7.5]);
  });
  it("stand on the other side, or farther away, where another point or name is", () => {
    expect(namePlaces([at("dip", 0, 100), at("peak", 0, 50), at("top", 0, 40)])).toEqual([112.5, 62.5, 27.5]);
    expect(namePlaces([at("first", 0, 50), at("second", 15, 50), at("third", 30, 50)])).toEqual([
      37.5, 62.5, 25,
    ]);
  });
  it("need more room the wider their letters are", () => {
    const places = (letter: string) =>
      namePlaces([at(letter.repeat(9), 0, 50), at(letter.repeat(9), 80, 50)]);
    expect([places("i"), places("W")]).toEqual([
      [37.5, 37.5],
      [37.5, 62.5],
    ]);
  });
  it("stand somewhere where there is no room at all", () => {
    const crowd = Array.from({ length: 9 }, () => at("crowd", 0, 50));
    expect(namePlaces(crowd)).toHaveLength(9);
  });
});
