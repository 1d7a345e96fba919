import { expect, it } from "vitest";
import { milliseconds } from "./words.js";

it("writes times with the digits that matter", () => {
  expect([0.84, 36.4, 1240].map(milliseconds)).toEqual(["0.8 ms", "36 ms", "1.24 s"]);
});
