import { describe, expect, it } from "vitest";
import { wilsonInterval } from "./wilson.js";

describe("the Wilson interval", () => {
  // The roots of (x/n − p)² = z² p(1 − p) / n, solved for p.
  it.each([
    [8, 10, 0.4902, 0.9433],
    [0, 20, 0, 0.1611],
    [657, 736, 0.8683, 0.9131],
  ])("of %i in %i", (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval[0]).toBeCloseTo(low, 3);
    expect(interval[1]).toBeCloseTo(high, 3);
  });
  it("ends exactly where all or none are successes", () => {
    for (let trials = 1; trials <= 1000; trials++) {
      expect(wilsonInterval(0, trials)[0]).toBe(0);
      expect(wilsonInterval(trials, trials)[1]).toBe(1);
    }
  });
  it("knows nothing without photos", () => expect(wilsonInterval(0, 0)).toEqual([0, 1]));
});
