import * as v from "valibot";
import { expect, it } from "vitest";
import { checked } from "./index.js";

const schema = v.strictObject({
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(9)),
  share: v.pipe(v.number(), v.finite(), v.gtValue(0), v.ltValue(1)),
  name: v.pipe(v.string(), v.minLength(1)),
  of: v.picklist(["a", "b"]),
  version: v.literal(1),
  way: v.variant("type", [
    v.strictObject({ type: v.literal("up"), far: v.boolean() }),
    v.strictObject({ type: v.literal("down") }),
  ]),
  list: v.pipe(
    v.array(v.tuple([v.number(), v.number()])),
    v.check((list) => list.length !== 3, "three are not a pair"),
  ),
  time: v.nullable(v.pipe(v.string(), v.isoTimestamp())),
  either: v.optional(v.union([v.number(), v.picklist(["x", "y"]), v.strictTuple([v.number()])])),
  words: v.optional(v.record(v.string(), v.string())),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]+$/, "hexadecimal")),
  epochs: v.message(v.pipe(v.number(), v.integer(), v.minValue(1)), "a positive integer"),
});

const right = {
  size: 3,
  share: 0.5,
  name: "n",
  of: "a",
  version: 1,
  way: { type: "up", far: true },
  list: [[1, 2]],
  time: null,
  hash: "0f",
  epochs: 1,
};

it("gives what the schema describes", () => {
  expect(checked(schema, right)).toEqual({ value: right });
});

it.each<readonly [object, string]>([
  [{ size: "3" }, "'size' must be a number, but is '3'"],
  [{ size: 2.5 }, "'size' must be an integer, but is 2.5"],
  [{ size: 0 }, "'size' must be at least 1, but is 0"],
  [{ size: 10 }, "'size' must be at most 9, but is 10"],
  [{ size: undefined }, "'size' is missing"],
  [{ share: Number.POSITIVE_INFINITY }, "'share' must be a finite number, but is Infinity"],
  [{ share: 0 }, "'share' must be above 0, but is 0"],
  [{ share: 1 }, "'share' must be below 1, but is 1"],
  [{ name: "" }, "'name' must be a text of at least 1 character, but is ''"],
  [{ name: null }, "'name' must be a text, but is null"],
  [{ of: "c" }, "'of' must be one of a, b, but is 'c'"],
  [{ version: 2 }, "'version' must be 1, but is 2"],
  [{ way: { type: "left" } }, "'way.type' must be one of up, down, but is 'left'"],
  [{ way: {} }, "'way.type' is missing"],
  [{ way: "up" }, "'way' must be an object, but is 'up'"],
  [{ way: { type: "up", far: 1 } }, "'way.far' must be true or false, but is 1"],
  [{ way: { type: "down", far: true } }, "'way.far' is unknown"],
  [{ list: {} }, "'list' must be a list, but is {}"],
  [{ list: [[1, 2], [3]] }, "'list.1.1' is missing"],
  [{ list: [1] }, "'list.0' must be a list, but is 1"],
  [
    {
      list: [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
    },
    "'list': three are not a pair",
  ],
  [{ either: "z" }, "'either' must be one of a number, x, y, a list, but is 'z'"],
  [{ time: "noon" }, "'time' must be a time, such as 2026-01-31T12:00:00.000Z, but is 'noon'"],
  [{ words: { a: 1 } }, "'words.a' must be a text, but is 1"],
  [{ hash: "x" }, "'hash' must be hexadecimal, but is 'x'"],
  [{ epochs: "two" }, "'epochs' must be a positive integer, but is 'two'"],
  [{ later: 1 }, "'later' is unknown"],
  [{ size: "9".repeat(99) }, `'size' must be a number, but is '${"9".repeat(60)}…'`],
  [{ size: Array(99).fill(1) }, "'size' must be a number, but is a list"],
  [{ size: { text: "9".repeat(99) } }, "'size' must be a number, but is an object"],
])("says what is wrong with %j", (change, problem) => {
  expect(checked(schema, { ...right, ...change })).toEqual({ problem });
});

it("says it of what JSON has no words for", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const problem = (size: unknown) => checked(schema, { ...right, size });
  expect(problem({ of: 1n })).toEqual({ problem: "'size' must be a number, but is an object" });
  expect(problem(circle)).toEqual({ problem: "'size' must be a number, but is a list" });
});

it("says it of the whole value, and of one within a file", () => {
  expect(checked(schema, "x")).toEqual({ problem: "it must be an object, but is 'x'" });
  expect(checked(schema, { ...right, size: 0 }, "plan")).toEqual({
    problem: "'plan.size' must be at least 1, but is 0",
  });
  expect(checked(schema, null, "plan")).toEqual({ problem: "'plan' must be an object, but is null" });
});
