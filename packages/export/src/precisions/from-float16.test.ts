import { expect, it } from "vitest";
import { fromFloat16 } from "./from-float16.js";
import { toFloat16 } from "./to-float16.js";

it("gives back every half that is a number", () => {
  const halves = Uint16Array.from({ length: 0xf801 }, (_, half) => half).filter(
    (half) => (half & 0x7fff) <= 0x7c00,
  );
  expect(toFloat16(fromFloat16(halves))).toEqual(halves);
  expect([...fromFloat16(Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x7c00, 0x7e00))]).toEqual([
    1,
    -2,
    0.333251953125,
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
});
