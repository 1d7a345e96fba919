import { describe, expect, it } from "vitest";
import { SpeedMeter } from "./speed-meter.js";

/** Steps of `seconds` each, a quarter of it waiting, 8 images. */
function measured(...steps: readonly number[]): SpeedMeter {
  const meter = new SpeedMeter();
  for (const seconds of steps) meter.step(seconds, seconds / 4, 8);
  return meter;
}

describe("SpeedMeter", () => {
  it("gives images a second and the share of waiting", () => {
    const meter = measured(1, 3);
    expect(meter.imagesPerSecond).toBe(4);
    expect(meter.dataWait).toBe(0.25);
  });

  it("forgets all but the last twenty steps", () => {
    expect(measured(100, ...new Array<number>(20).fill(2)).imagesPerSecond).toBe(4);
    expect(measured(100, ...new Array<number>(19).fill(2)).imagesPerSecond).toBeLessThan(2);
  });

  it("is not misled by a slow first step", () => {
    const at = { epoch: 0, step: 5, stepsPerEpoch: 10, epochs: 1 };
    // Five steps are left, and a validation that is taken as a tenth of the epoch.
    expect(measured(60, 2, 2, 2, 2).secondsLeft(at)).toBe(5 * 2 + 2);
  });

  it("counts the validations that are left as long as the last one took", () => {
    const meter = measured(2, 2, 2);
    meter.betweenEpochs(7);
    expect(meter.secondsLeft({ epoch: 1, step: 4, stepsPerEpoch: 10, epochs: 4 })).toBe(26 * 2 + 3 * 7);
    expect(meter.secondsLeft({ epoch: 3, step: 10, stepsPerEpoch: 10, epochs: 4 })).toBe(7);
  });
});
