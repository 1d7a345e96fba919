import { expect, it } from "vitest";
import { FrameRate } from "./frame-rate.js";

it("counts the frames of the last second", () => {
  const rate = new FrameRate();
  expect(rate.add(0)).toBeUndefined();
  expect(rate.add(100)).toBeCloseTo(10);
  for (let time = 200; time <= 1000; time += 100) rate.add(time);
  let last = 0;
  for (let time = 1050; time <= 3000; time += 50) last = rate.add(time)!;
  expect(last).toBeCloseTo(20);
});

it("tells a rate below one frame a second, too", () => {
  const rate = new FrameRate();
  rate.add(0);
  expect(rate.add(4000)).toBeCloseTo(0.25);
  expect(rate.add(8000)).toBeCloseTo(0.25);
});
