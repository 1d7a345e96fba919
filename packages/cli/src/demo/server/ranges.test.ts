import { expect, it } from "vitest";
import { rangeOf } from "./ranges.js";

it.each([
  ["bytes=0-0", { start: 0, end: 1 }],
  ["bytes=2-3", { start: 2, end: 4 }],
  ["bytes=9-9", { start: 9, end: 10 }],
  ["bytes=4-", { start: 4, end: 10 }],
  ["bytes=4-100", { start: 4, end: 10 }],
  ["bytes=-3", { start: 7, end: 10 }],
  ["bytes=-100", { start: 0, end: 10 }],
  ["Bytes=1-1", { start: 1, end: 2 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=10-20", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  [`bytes=${"9".repeat(400)}-`, "unsatisfiable"],
  ["items=0-1", undefined],
  ["bytes=0-1,3-4", undefined],
  ["bytes=3-0", undefined],
  ["bytes=-", undefined],
  ["bytes=one-two", undefined],
  ["bytes = 0-1", undefined],
  ["bytes=0-1 ", undefined],
  ["0-1", undefined],
  ["", undefined],
])("%s of ten bytes", (header, expected) => {
  expect(rangeOf(header, 10)).toEqual(expected);
});

it("has no part of an empty file", () => {
  expect(["bytes=0-", "bytes=-1"].map((header) => rangeOf(header, 0))).toEqual([
    "unsatisfiable",
    "unsatisfiable",
  ]);
});
