import { expect, it } from "vitest";
import { bundlePrecisions, mostExactFirst, sameAnswersFirst, smallestFirst } from "./kinds.js";

const models = bundlePrecisions.map((precision) => ({ precision }));
const sorted = (order: typeof mostExactFirst) =>
  [...models.toReversed()].sort(order).map(({ precision }) => precision);

it("orders every storage precision", () => {
  expect(sorted(mostExactFirst)).toEqual(["float32", "float16", "int8", "int4", "compact"]);
  expect(sorted(smallestFirst)).toEqual(["int4", "compact", "int8", "float16", "float32"]);
  expect(sorted(sameAnswersFirst)).toEqual(["float16", "float32", "int8", "int4", "compact"]);
});
