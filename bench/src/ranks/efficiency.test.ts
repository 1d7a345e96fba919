import { expect, it } from "vitest";
import { efficiency, ringSeconds } from "./efficiency.js";

const link = { bitsPerSecond: 8e9, latency: 0 };

it("is the time of all bytes once there and, of all but the own piece, back", () => {
  expect(ringSeconds(1, 1e9, link)).toBe(0);
  expect(ringSeconds(2, 1e9, link)).toBeCloseTo(1);
  expect(ringSeconds(4, 1e9, { ...link, latency: 0.01 })).toBeCloseTo(1.56);
  expect(ringSeconds(1000, 1e9, link)).toBeCloseTo(1.998);
});

it("is half where the sum takes as long as the step", () => {
  expect(efficiency(2, 1, 1e9, link)).toBeCloseTo(0.5);
});
