import { availableParallelism } from "node:os";
import { expect, it } from "vitest";
import { threadCount } from "./thread-count.js";

it("is what was asked for up to the number of cores, and that by default", () => {
  const cores = availableParallelism();
  expect([1, cores, cores + 1, 1000, undefined].map((asked) => threadCount(asked))).toEqual([
    1,
    cores,
    cores,
    cores,
    cores,
  ]);
});
