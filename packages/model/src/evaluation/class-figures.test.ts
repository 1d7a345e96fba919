import { expect, it } from "vitest";
import { classFigures } from "./class-figures.js";

it("has no figures that would be shares of no photos", () => {
  const row = (label: string, count: number) => ({ label, count, precision: 0, recall: 0, f1: 0 });
  const confusion = [
    [0, 1],
    [0, 0],
  ];
  expect(classFigures({ perClass: [row("never named", 1), row("without photos", 0)], confusion })).toEqual([
    { precision: undefined, recall: 0, f1: 0 },
    { precision: 0, recall: undefined, f1: undefined },
  ]);
});
