import { describe, expect, it } from "vitest";
import { SpeedMeter } from "./speed-meter.js";

/** Steps of `seconds` each, a quarter of it waiting, 8 photos; 48 to validate, which take a third of the time of six steps. */
function measured(...steps: readonly number[]): SpeedMeter {
  const meter = new SpeedMeter(48);
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

  it("is not misled by slow first steps", () => {
    expect(measured(60, 9, 2, 2, 2).secondsPerStep).toBe(2);
    expect(measured(60, 9).secondsPerStep).toBe(9);
    expect(measured(60).secondsPerStep).toBe(60);
  });

  it("counts what comes in bursts", () => {
    const bursts = [0.2, 0.2, 0.2, 1.4];
    const later = [bursts, bursts, bursts, bursts, bursts, bursts].flat();
    expect(measured(60, 60, ...later).secondsPerStep).toBeCloseTo(0.5, 9);
    expect(measured(60, 60, ...bursts).secondsPerStep).toBeCloseTo(0.5, 9);
  });

  it("takes a validation as a third of so many photos' steps, and a tenth of an epoch at most, until it is known", () => {
    const at = { epoch: 0, step: 5, stepsPerEpoch: 10, epochs: 1 };
    expect(measured(60, 2, 2, 2, 2).secondsLeft(at)).toBe(5 * 2 + 2);
    expect(measured(60, 2, 2, 2, 2).secondsLeft({ ...at, stepsPerEpoch: 1000 })).toBe(995 * 2 + 2 * 2);
  });

  it("counts the validations that are left as long as the last one took", () => {
    const meter = measured(2, 2, 2);
    meter.betweenEpochs(7);
    expect(meter.secondsLeft({ epoch: 1, step: 4, stepsPerEpoch: 10, epochs: 4 })).toBe(26 * 2 + 3 * 7);
    expect(meter.secondsLeft({ epoch: 3, step: 10, stepsPerEpoch: 10, epochs: 4 })).toBe(7);
  });
});
