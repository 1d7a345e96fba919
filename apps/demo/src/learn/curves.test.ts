import { expect, it } from "vitest";
import { polyline, roundedUp } from "./curves.js";

it("draws from the bottom left to the top right, and nothing above its box", () => {
  const box = { left: 10, top: 20, width: 100, height: 50 };
  const points = [
    { epoch: 0, value: 0 },
    { epoch: 2, value: 1 },
    { epoch: 4, value: 3 },
  ];
  expect(polyline(points, box, 4, 2)).toBe("10.0,70.0 60.0,45.0 110.0,20.0");
});

it("has a top whose half can be written in one decimal", () => {
  expect([1.13, 0.2, 0, Number.NEGATIVE_INFINITY].map(roundedUp)).toEqual([1.2, 0.2, 0.2, 0.2]);
});
