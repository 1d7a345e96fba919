import { expect, it } from "vitest";
import { statusOf } from "./status.js";

it("says how far it is, what was lost, and how long the rest will take", () => {
  const count = { tried: 1500, survived: 1499, lost: [{ seed: 1, kind: "", what: "" }], kinds: {} };
  expect(statusOf("mutations", 20_000, count, 30)).toBe(
    "mutations  1,500 of 20,000, 1 lost, about 6m 10s left",
  );
});
