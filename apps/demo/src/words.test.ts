import { expect, it } from "vitest";
import { milliseconds, percent } from "./words.js";

it("never shows what is almost certain as certain", () => {
  expect([1, 0.99999, 0.8934, 0.0000001, 0].map(percent)).toEqual([
    "100.0%",
    "> 99.9%",
    "89.3%",
    "< 0.1%",
    "0.0%",
  ]);
});

it("writes times with the digits that matter", () => {
  expect([0.84, 36.4, 1240].map(milliseconds)).toEqual(["0.8 ms", "36 ms", "1.24 s"]);
});
