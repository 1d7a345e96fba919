import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { mapConcurrently } from "./map-concurrently.js";

it("gives every result, as they come, and never does more at once than allowed", async () => {
  let underWay = 0;
  let most = 0;
  const results: number[] = [];
  const work = async (item: number) => {
    most = Math.max(most, ++underWay);
    await delay(item === 0 ? 30 : 1);
    underWay--;
    return item;
  };
  for await (const result of mapConcurrently([0, 1, 2, 3, 4], 2, work)) results.push(result);
  expect([...results].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(results[0]).toBe(1);
  expect(most).toBe(2);
});

it("passes a failure on, once nothing is under way any more", async () => {
  let finished = 0;
  const work = async (item: number) => {
    if (item === 0) throw new Error("no");
    await delay(10);
    finished++;
    return item;
  };
  const drain = async () => {
    for await (const _ of mapConcurrently([0, 1, 2], 3, work));
  };
  await expect(drain()).rejects.toThrow("no");
  expect(finished).toBe(2);
});

it("begins nothing more after a failure", async () => {
  let begun = 0;
  const work = async (item: number) => {
    begun++;
    await delay(1);
    if (item === 1) throw new Error("no");
  };
  const drain = async () => {
    for await (const _ of mapConcurrently(Array(200).keys(), 4, work));
  };
  await expect(drain()).rejects.toThrow("no");
  expect(begun).toBeLessThan(10);
});
