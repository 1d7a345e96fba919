import { describe, expect, it } from "vitest";
import { fitLength } from "./run-length.js";

/** Steps of a second, 4 s after an epoch of 20 steps. */
const measured = { secondsPerStep: 1, secondsBetweenEpochs: 4, stepsPerEpoch: 20, maximumEpochs: 50 };
const fit = (epoch: number, step: number, secondsLeft: number, more: Partial<typeof measured> = {}) =>
  fitLength({ epoch, step }, { ...measured, ...more, secondsLeft });

describe("fitLength", () => {
  it("takes as many whole epochs as fit", () => {
    expect(fit(0, 0, 3 * 24)).toEqual({ epochs: 3, lastSteps: 20 });
    expect(fit(2, 0, 3 * 24)).toEqual({ epochs: 5, lastSteps: 20 });
  });

  it("cuts a last epoch short to fill the time", () => {
    expect(fit(0, 0, 3 * 24 + 4 + 15)).toEqual({ epochs: 4, lastSteps: 15 });
  });

  it("leaves out an epoch of fewer than ten steps", () => {
    expect(fit(0, 0, 3 * 24 + 4 + 9)).toEqual({ epochs: 3, lastSteps: 20 });
    expect(fit(0, 0, 3 * 24 + 3)).toEqual({ epochs: 3, lastSteps: 20 });
  });

  it("counts from where the run is", () => {
    expect(fit(0, 5, 3 * 24 - 5)).toEqual({ epochs: 3, lastSteps: 20 });
    expect(fit(4, 19, 5)).toEqual({ epochs: 5, lastSteps: 20 });
  });

  it("takes no more than the recipe's epochs", () => {
    expect(fit(0, 5, 1e6)).toEqual({ epochs: 50, lastSteps: 20 });
    expect(fit(49, 0, 1e6)).toEqual({ epochs: 50, lastSteps: 20 });
  });

  it("cuts the only epoch short when no whole one fits", () => {
    expect(fit(0, 5, 16)).toEqual({ epochs: 1, lastSteps: 17 });
  });

  it("trains ten steps however short the time is, or the epoch if that is shorter", () => {
    for (const secondsLeft of [3, 0, -100]) {
      expect(fit(0, 5, secondsLeft)).toEqual({ epochs: 1, lastSteps: 10 });
      expect(fit(0, 0, secondsLeft, { stepsPerEpoch: 3 })).toEqual({ epochs: 1, lastSteps: 3 });
      expect(fit(3, 0, secondsLeft)).toEqual({ epochs: 4, lastSteps: 10 });
    }
  });

  it("leaves five steps for the rate to come to its end, or what the epoch has left", () => {
    expect(fit(3, 12, -100)).toEqual({ epochs: 4, lastSteps: 17 });
    expect(fit(3, 17, -100)).toEqual({ epochs: 4, lastSteps: 20 });
  });

  it("never promises more than the time, once ten steps fit", () => {
    for (let secondsLeft = 14; secondsLeft < 300; secondsLeft += 0.7) {
      const { epochs, lastSteps } = fit(0, 0, secondsLeft);
      const needed = (epochs - 1) * 20 + lastSteps + epochs * 4;
      expect(needed).toBeLessThanOrEqual(secondsLeft);
      // What is left over is not enough for another epoch of ten steps.
      expect(secondsLeft - needed).toBeLessThan(14);
    }
  });
});
