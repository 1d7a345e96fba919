import { describe, expect, it } from "vitest";
import { clipped, date, duration, middleClipped } from "./words.js";

describe("words of a page", () => {
  it.each([
    [4.25, "4.3 s"],
    [42.4, "42 s"],
    [62.5, "1 min 3 s"],
    [9660, "2 h 41 min"],
  ])("%f seconds are %s", (seconds, words) => expect(duration(seconds)).toBe(words));
  it("a time is in UTC", () => expect(date("2026-11-23T14:09:35.364Z")).toBe("23 November 2026, 14:09 UTC"));
  it("long words lose their end, long names their middle", () => {
    expect(clipped("sunflowers", 6)).toBe("sunfl…");
    expect(middleClipped("modern-20261123-134500", 12)).toBe("modern…34500");
    expect(middleClipped("short", 12)).toBe("short");
  });
});
