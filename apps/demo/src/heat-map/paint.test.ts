import { expect, it } from "vitest";
import { paint } from "./paint.js";

const painted = (...values: number[]) => {
  const data = new Uint8ClampedArray(4 * values.length);
  paint({ columns: values.length, rows: 1, values: Float32Array.from(values) }, data);
  return values.map((_, at) => [...data.subarray(4 * at, 4 * at + 4)]);
};

it("veils what did not decide, and lets what decided shine through, warmer", () => {
  const [none, half, most] = painted(0, 0.2, 0.4) as [number[], number[], number[]];
  expect(none[3]).toBeGreaterThan(half[3]!);
  expect(most[0]! - most[2]!).toBeGreaterThan(half[0]! - half[2]!);
  expect(none[0]).toBeLessThan(40);
});

it("takes what speaks against the label as what does not decide", () => {
  const [against, none] = painted(-0.3, 0, 0.1);
  expect(against).toEqual(none);
});

it("does not make much of little", () => {
  const [little, much] = [painted(0, 0.001)[1]!, painted(0, 0.2)[1]!];
  expect(little[3]).toBeGreaterThan(much[3]!);
});

it("veils all where nothing decided", () => {
  const [first, second] = painted(0, -0.1);
  expect(first).toEqual(second);
  expect(first![3]).toBeGreaterThan(100);
});
