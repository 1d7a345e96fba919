import { expect, it } from "vitest";
import { halfToNumber } from "../fixtures/half-to-number.js";
import { toFloat16 } from "./to-float16.js";

const halvesOf = (...values: readonly number[]) => [...toFloat16(Float32Array.from(values))];

it("gives back every finite half and both infinities", () => {
  const halves = Array.from({ length: 65536 }, (_, half) => half).filter(
    (half) => !Number.isNaN(halfToNumber(half)),
  );
  expect(halvesOf(...halves.map(halfToNumber))).toEqual(halves);
});

it("rounds to the nearest half, and to the even one from the middle", () => {
  const finite = Array.from({ length: 0x7bff }, (_, half) => half);
  const between = (share: number) =>
    finite.map((half) => halfToNumber(half) + share * (halfToNumber(half + 1) - halfToNumber(half)));
  expect(halvesOf(...between(0.25))).toEqual(finite);
  expect(halvesOf(...between(0.75))).toEqual(finite.map((half) => half + 1));
  expect(halvesOf(...between(0.5))).toEqual(finite.map((half) => half + (half % 2)));
  expect(halvesOf(...between(0.5).map((value) => -value))).toEqual(
    finite.map((half) => 0x8000 + half + (half % 2)),
  );
});

it("makes what is too large infinite and what is too small zero", () => {
  expect(halvesOf(65519.99, 65520, -1e30, 2 ** -25, 2.0001 ** -25, 1e-45, -0)).toEqual([
    0x7bff, 0x7c00, 0xfc00, 0, 0, 0, 0x8000,
  ]);
  expect(halvesOf(1.0001 * 2 ** -25)).toEqual([1]);
});
