import { alexnet } from "@fleuron/model";
import { recipes } from "@fleuron/training";
import { expect, it } from "vitest";
import { convolutionCases } from "./convolution-cases.js";

it("finds each operation of a network's convolutions, and the tiles that can be tried", () => {
  const cases = convolutionCases({
    network: alexnet({ classes: 5, imageSize: 67, width: 0.2 }),
    optimiser: recipes.modern.optimiser,
    precision: "float32",
    batchSize: 2,
  });
  const of = (name: string) => cases.filter(({ layer }) => layer === name);
  expect(cases.length).toBe(14);
  expect(of("conv1").map(({ operation, kernel, tiles }) => [operation, kernel, tiles])).toEqual([
    ["forward", "11/4", [4, 5, 6]],
    ["kernelGradient", "11/4", [4, 5, 6]],
  ]);
  for (const { model, tiles } of of("conv2")) {
    expect(tiles).toEqual([2, 3, 4]);
    const isFiltered = (tile: number) => new TextDecoder().decode(model(tile)).includes("FusedMatMul");
    expect([0, ...tiles].map(isFiltered)).toEqual([false, true, true, true]);
  }
});
