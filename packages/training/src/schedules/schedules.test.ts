import { describe, expect, it } from "vitest";
import { learningRateAt, type Schedule } from "./index.js";

const peak = 0.4;
const inverse = (decay: number): Schedule => ({ type: "inverseTime", learningRate: peak, decay });
const cosine = (warmupEpochs: number): Schedule => ({
  type: "warmupCosine",
  learningRate: peak,
  warmupEpochs,
});

/** The rate at each step of a run. */
function rates(schedule: Schedule, epochs: number, stepsPerEpoch: number): number[] {
  return Array.from({ length: epochs * stepsPerEpoch }, (_, iteration) =>
    learningRateAt(schedule, { iteration, stepsPerEpoch, epochs }),
  );
}

describe("inverseTime", () => {
  it("is Keras' decay: the rate ÷ (1 + decay × iteration), from iteration 0", () => {
    expect(rates(inverse(0.5), 1, 4)).toEqual([peak, peak / 1.5, peak / 2, peak / 2.5]);
  });

  it("stays the same without decay", () => {
    expect(new Set(rates(inverse(0), 3, 7))).toEqual(new Set([peak]));
  });
});

describe("warmupCosine", () => {
  it("rises by equal parts to the peak, which is the first step after the warm-up", () => {
    const all = rates(cosine(2), 10, 4);
    for (let step = 0; step <= 8; step++) expect(all[step]).toBeCloseTo((peak * (step + 1)) / 9, 12);
    expect(Math.max(...all)).toBe(all[8]);
  });

  it("falls as half a cosine: half the peak in the middle, next to nothing at the end", () => {
    const all = rates(cosine(2), 10, 4);
    expect(all[8 + 16]).toBeCloseTo(peak / 2, 12);
    for (let step = 9; step < 40; step++) expect(all[step]).toBeLessThan(all[step - 1]!);
    expect(all[39]).toBeGreaterThan(0);
    expect(all[39]).toBeLessThan(peak * 0.005);
    expect(learningRateAt(cosine(2), { iteration: 40, stepsPerEpoch: 4, epochs: 10 })).toBeCloseTo(0, 12);
  });

  it("begins at the peak without a warm-up", () => {
    expect(rates(cosine(0), 3, 5)[0]).toBe(peak);
  });

  it.each([1, 2, 3])("warms up for at most half of a run of %i epochs", (epochs) => {
    for (const stepsPerEpoch of [1, 2, 5, 90]) {
      const all = rates(cosine(2), epochs, stepsPerEpoch);
      const highest = all.indexOf(Math.max(...all));
      expect(highest).toBeLessThanOrEqual(Math.ceil((epochs * stepsPerEpoch) / 2));
      expect(all.every((rate) => rate > 0 && rate <= peak)).toBe(true);
    }
  });
});
