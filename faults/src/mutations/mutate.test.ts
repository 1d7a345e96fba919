import { describe, expect, it } from "vitest";
import { randomOf } from "../fault.js";
import { mutate } from "./mutate.js";
import { mutateJson } from "./mutate-json.js";

const seeds = Array.from({ length: 300 }, (_, seed) => seed);
const input = Buffer.from("0123456789abcdef".repeat(8));
const text = JSON.stringify({ a: 1, list: [{ b: "two" }, { b: "three" }], c: null });

describe("mutate", () => {
  it("draws the same from the same seed, and leaves its input alone", () => {
    const before = Buffer.from(input);
    const draw = () => seeds.map((seed) => mutate(input, randomOf(seed), [input]).toString("hex"));
    expect(draw()).toEqual(draw());
    expect(input).toEqual(before);
  });

  it("changes, cuts and lengthens, also what is empty", () => {
    const drawn = seeds.map((seed) => mutate(input, randomOf(seed), [input]));
    expect(drawn.filter((each) => !each.equals(input)).length).toBeGreaterThan(250);
    expect(drawn.some(({ length }) => length < input.length)).toBe(true);
    expect(drawn.some(({ length }) => length > input.length)).toBe(true);
    for (const seed of seeds) expect(() => mutate(Buffer.alloc(0), randomOf(seed), [])).not.toThrow();
  });
});

describe("mutateJson", () => {
  it("says something else, in JSON nearly always", () => {
    const drawn = seeds.map((seed) => mutateJson(text, randomOf(seed)));
    expect(new Set(drawn).size).toBeGreaterThan(200);
    const isJson = (each: string) => {
      try {
        JSON.parse(each);
        return true;
      } catch {
        return false;
      }
    };
    expect(drawn.filter(isJson).length).toBeGreaterThan(240);
    expect(drawn.every(isJson)).toBe(false);
  });
});
