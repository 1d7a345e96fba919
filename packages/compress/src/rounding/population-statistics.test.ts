import { expect, it } from "vitest";
import { PopulationStatistics } from "./population-statistics.js";

const meanOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
const varianceOf = (values: readonly number[]) => meanOf(values.map((each) => (each - meanOf(values)) ** 2));

it("come to those of all numbers together", () => {
  const batches = [
    [1, 4, 7],
    [-2, 0.5, 30],
    [8, 8, 8],
  ];
  const statistics = new PopulationStatistics(1);
  for (const batch of batches)
    statistics.add(Float32Array.of(meanOf(batch)), Float32Array.of(varianceOf(batch)));
  const all = batches.flat();
  expect(statistics.mean[0]).toBeCloseTo(meanOf(all), 4);
  expect(statistics.variance[0]).toBeCloseTo(varianceOf(all), 4);
});

it("have no variance below 0 where all is the same", () => {
  const statistics = new PopulationStatistics(1);
  for (let batch = 0; batch < 3; batch++) statistics.add(Float32Array.of(0.1), Float32Array.of(0));
  expect(statistics.variance[0]).toBeGreaterThanOrEqual(0);
});
