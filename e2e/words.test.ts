// Words of the house: how its comments begin.
import { describe, expect, it } from "vitest";
import { sources, textOf } from "./house/sources.js";

const code = sources(/\.(ts|mts|mjs)$/);

describe("doc comments", () => {
  it("begin with the thing, not with what it belongs to", () => {
    const begins = /\/\*\*\s+(?:\* )?Of\b/;
    expect(code.length).toBeGreaterThan(900);
    expect(code.filter((file) => begins.test(textOf(file)))).toEqual([]);
  });
});
