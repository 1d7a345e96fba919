import { expect, it } from "vitest";
import { requireKnownClasses, spelledAs } from "./known-classes.js";

const scan = { root: "/photos", layout: "classes", photos: [], leftOut: [] } as const;

it("knows a class in the Unicode form that a run has, whatever the folder's", () => {
  const [composed, apart] = ["caf\u00e9", "cafe\u0301"];
  const spelled = spelledAs({ ...scan, labels: [composed, "tea"] }, [apart, "tea", "water"]);
  expect(spelled.labels).toEqual([apart, "tea"]);
  expect(() => requireKnownClasses(spelled, [apart, "tea"])).not.toThrow();
  expect(() => requireKnownClasses(spelled, ["tea"])).toThrow(
    expect.objectContaining({ code: "class-unknown" }),
  );
});

it("names the first of a thousand classes", () => {
  const labels = Array.from({ length: 1000 }, (_, index) => `class ${index}`);
  expect(() => requireKnownClasses({ root: "/photos", labels: ["tea"] }, labels)).toThrow(
    expect.objectContaining({
      message: "/photos has the class 'tea', which the network does not know.",
      hint: expect.stringMatching(/^Its classes: class 0, .*, class 19 and 980 more\.$/),
    }),
  );
});
