import { describe, expect, it } from "vitest";
import { learningRateAt, type Schedule } from "./index.js";
import { type Plateau, plateauAfter } from "./plateau.js";

const schedule: Schedule = { type: "plateau", learningRate: 0.01, factor: 0.1, patience: 3, minimum: 1e-4 };
const rate = (reductions: number, learningRate = 0.01) =>
  learningRateAt({ ...schedule, learningRate }, { iteration: 7, stepsPerEpoch: 2, epochs: 9, reductions });

describe("plateau", () => {
  it("multiplies the rate by the factor for each reduction, down to the minimum", () => {
    const rates = [0, 1, 2, 3].map((reductions) => rate(reductions));
    expect(rates).toEqual([0.01, 1e-3, 1e-4, 1e-4].map((wanted) => expect.closeTo(wanted, 15)));
  });

  it("never raises a rate that was chosen below the minimum", () => {
    expect([0, 1].map((reductions) => rate(reductions, 1e-6))).toEqual([1e-6, 1e-6]);
  });

  it("reduces after `patience` epochs without a better one, and then waits as long again", () => {
    let plateau: Plateau | undefined;
    const reductions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((epoch) => {
      const accuracies = [0.5, 0.4, 0.5, 0.4, 0.4, 0.4, 0.4, 0.4, 0.6, 0.6, 0.5];
      plateau = plateauAfter(schedule, plateau, accuracies.slice(0, epoch));
      return plateau?.reductions ?? 0;
    });
    expect(reductions).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2]);
  });

  it("is no state of other schedules", () => {
    const other: Schedule = { type: "inverseTime", learningRate: 0.01, decay: 0 };
    expect(plateauAfter(other, undefined, [0.6, 0.5, 0.5, 0.5, 0.5])).toBeUndefined();
  });
});
