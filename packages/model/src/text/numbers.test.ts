import { expect, it } from "vitest";
import { count, counted, megabytes, percent, percentOrDash, shortNumber } from "./numbers.js";

it("separates thousands, as Intl does", () => {
  const { format } = new Intl.NumberFormat("en-US");
  const numbers = [0, 7, 999, 1000, 12_345, 100_000, 999_999, 58_307_333, 1_234_567_890_123, -1, -123, -1234];
  expect(count(58_307_333)).toBe("58,307,333");
  expect(numbers.map(count)).toEqual(numbers.map(format));
});

it("counts one thing in the singular", () => {
  expect([counted(1, "photo"), counted(3670, "photo")]).toEqual(["1 photo", "3,670 photos"]);
  expect([1, 5].map((value) => counted(value, "class", "classes"))).toEqual(["1 class", "5 classes"]);
});

it("never shows what is almost certain as certain", () => {
  expect([1, 0.99999, 0.8934, 0.0000001, 0].map((share) => percent(share))).toEqual([
    "100.0%",
    ">99.9%",
    "89.3%",
    "<0.1%",
    "0.0%",
  ]);
  expect([1, 0.997, 0.25, 0.003, 0].map((share) => percent(share, 0))).toEqual([
    "100%",
    ">99%",
    "25%",
    "<1%",
    "0%",
  ]);
});

it("has a dash where there is no share", () => {
  expect([0.5, null, undefined].map(percentOrDash)).toEqual(["50.0%", "–", "–"]);
});

it("gives sizes in megabytes, small ones in kilobytes", () => {
  expect([11_600, 999_999, 233_213_000, 1_234_500_000].map(megabytes)).toEqual([
    "12 KB",
    "1.0 MB",
    "233.2 MB",
    "1,234.5 MB",
  ]);
});

it("keeps two digits of small numbers", () => {
  expect([0.02, 0.019_82, 0.000_449, 3.14e-7].map(shortNumber)).toEqual([
    "0.02",
    "0.02",
    "0.00045",
    "3.1e-7",
  ]);
});
