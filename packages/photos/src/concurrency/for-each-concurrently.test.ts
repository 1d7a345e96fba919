import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { forEachConcurrently } from "./for-each-concurrently.js";

it("does each item once, and never more at once than allowed", async () => {
  const done: number[] = [];
  let underWay = 0;
  let most = 0;
  await forEachConcurrently([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++underWay);
    await delay(1);
    underWay--;
    done.push(item);
  });
  expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

it("fails with the first failure", async () => {
  const work = async (item: number) => {
    if (item === 2) throw new Error("no");
  };
  await expect(forEachConcurrently([1, 2, 3], 2, work)).rejects.toThrow("no");
});
