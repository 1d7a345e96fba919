import { describe, expect, it } from "vitest";
import { unstalled } from "./unstalled.js";

const stalled = () => new Error("stalled");

async function itemsOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Gives so many items and is silent ever after. */
const silentAfter = (count: number): AsyncIterable<number> => ({
  [Symbol.asyncIterator]() {
    let given = 0;
    return {
      next: () =>
        given < count ? Promise.resolve({ done: false, value: given++ }) : new Promise(() => undefined),
    };
  },
});

describe("a source that may fall silent", () => {
  it("gives what it has", async () => {
    const source = async function* () {
      yield* [1, 2, 3];
    };
    expect(await itemsOf(unstalled(source(), 60_000, stalled))).toEqual([1, 2, 3]);
  });

  it("is given up when an item does not come, after those that came", async () => {
    const seen: number[] = [];
    const work = async () => {
      for await (const item of unstalled(silentAfter(2), 20, stalled)) seen.push(item);
    };
    await expect(work()).rejects.toThrow("stalled");
    expect(seen).toEqual([0, 1]);
  });

  it("passes its error on", async () => {
    const source = async function* (): AsyncGenerator<number> {
      yield 1;
      throw new Error("damaged");
    };
    await expect(itemsOf(unstalled(source(), 60_000, stalled))).rejects.toThrow("damaged");
  });

  it("is closed when nobody wants more", async () => {
    let closed = false;
    const source = async function* () {
      try {
        yield* [1, 2];
      } finally {
        closed = true;
      }
    };
    for await (const _ of unstalled(source(), 60_000, stalled)) break;
    expect(closed).toBe(true);
  });
});
