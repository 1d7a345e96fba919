import { expect, it } from "vitest";
import { roughly } from "./duration.js";

it("tells a time no more exactly than it is known", () => {
  expect([12, 70, 290, 4800].map(roughly)).toEqual([
    "less than a minute",
    "about a minute",
    "about 5 minutes",
    "about 1 h 20 min",
  ]);
});
