import { describe, expect, it } from "vitest";
import { withFallback } from "./fallback.js";

const drawn = { name: "procedural", folder: "/cache/drawn", fallback: true } as const;

describe("a run on drawn pictures that nobody asked for", () => {
  it("is quick, and ends within 7 minutes", () => {
    expect(withFallback({}, drawn)).toEqual({ recipe: "quick", timeBudget: 420 });
  });

  it("keeps the recipe and the budget that it was given", () => {
    const given = { recipe: "paper", timeBudget: 60 } as const;
    expect(withFallback(given, drawn)).toEqual(given);
  });

  it("has no budget when it was given epochs", () => {
    expect(withFallback({ epochs: 3 }, drawn)).toEqual({ epochs: 3, recipe: "quick" });
  });
});

it("leaves all other runs as they are", () => {
  const options = { epochs: 3 };
  expect(withFallback(options, { name: "procedural", folder: "/drawn", fallback: false })).toBe(options);
});
