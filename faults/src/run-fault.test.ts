import { describe, expect, it } from "vitest";
import { type Fault, oneByOne, type TriesOptions } from "./fault.js";
import { Lost } from "./lost.js";
import { type Count, runFault } from "./run-fault.js";

const options = { seed: 5, times: 4 } as TriesOptions;

/** A fault that loses what a seed of 6 draws. */
const madeUp = (overrides: Partial<Fault> = {}): Fault => ({
  name: "made-up",
  what: "nothing at all",
  times: { long: 4, short: 1 },
  tries: (given) =>
    oneByOne(given, (_, seed) => ({
      kind: seed % 2 === 0 ? "even" : "odd",
      async run() {
        if (seed === 6) throw new Lost("a file");
      },
    })),
  ...overrides,
});

async function countOf(fault: Fault, signal?: AbortSignal): Promise<Count | undefined> {
  let count: Count | undefined;
  for await (count of runFault(fault, { ...options, ...(signal && { signal }) }));
  return count;
}

describe("runFault", () => {
  it("counts what was tried of each kind, and keeps the seed of what was lost", async () => {
    expect(await countOf(madeUp())).toEqual({
      tried: 4,
      survived: 3,
      lost: [{ seed: 6, kind: "even", what: "a file" }],
      kinds: { odd: 2, even: 2 },
    });
  });

  it("counts a fault that cannot be tried to its end as lost", async () => {
    const broken = madeUp({
      async *tries() {
        yield { kind: "odd", survived: 1, lost: [] };
        throw new Error("no more");
      },
    });
    const count = await countOf(broken);
    expect(count).toMatchObject({ tried: 2, survived: 1 });
    expect(count?.lost).toEqual([{ seed: 5, kind: "made-up", what: expect.stringContaining("no more") }]);
  });

  it("ends after the try that is under way when it is told to", async () => {
    expect(await countOf(madeUp(), AbortSignal.abort())).toMatchObject({ tried: 1 });
  });
});

it("draws the same for the same seed, and the next seed is the next try", async () => {
  const drawn = async (seed: number, times: number) => {
    const words: number[] = [];
    const tries = oneByOne({ seed, times }, (random) => ({
      kind: "",
      run: async () => void words.push(random.word()),
    }));
    for await (const _ of tries);
    return words;
  };
  const [, second, third] = await drawn(1, 3);
  expect(await drawn(2, 2)).toEqual([second, third]);
  expect(second).not.toBe(third);
});
