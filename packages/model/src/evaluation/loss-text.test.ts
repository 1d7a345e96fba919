import { expect, it } from "vitest";
import { lossText } from "./loss-text.js";

it.each([
  [0, "0.0000"],
  [0.43214, "0.4321"],
  [7.5, "7.5000"],
  [12.3456, "12.346"],
  [123.456, "123.46"],
  [99_999.5, "100000"],
  [40_819_721_529_563_544, "4.1e16"],
  [Number.POSITIVE_INFINITY, "Infinity"],
])("a loss of %s is %s", (loss, text) => {
  expect(lossText(loss)).toBe(text);
});
