import { expect, it } from "vitest";
import { largestClass } from "./largest-class.js";

it("is the share of the class with the most photos", () => {
  const classes = [3, 80, 1].map((count, at) => ({ label: "abc"[at]!, count }));
  expect(largestClass(classes)).toEqual({ label: "b", share: 80 / 84 });
  expect(largestClass([{ label: "a", count: 0 }])).toEqual({ label: "a", share: 0 });
});
