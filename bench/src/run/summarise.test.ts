import { describe, expect, it } from "vitest";
import type { Absence } from "../compare/summarise.js";
import { asText } from "../compare/table.js";
import type { RunContender } from "./contenders.js";
import { type RunComparison, summariseRuns } from "./summarise.js";
import { tableOf } from "./tables.js";
import { type RunOutcome, requireSame } from "./turns.js";

const contender = (name: string): RunContender => ({ name, parameters: () => [] });
const [ours, base, absent] = [contender("ours"), contender("base"), contender("absent")];
const counts = { trainCount: 80, valCount: 20, parameters: 5 };
const measured = (...rounds: readonly (readonly [cold: number, ...warm: number[]])[]): RunOutcome => ({
  status: "measured",
  rounds: rounds.map(([coldMs, ...warmMs]) => ({ ...counts, versions: { library: "1.2" }, coldMs, warmMs })),
});
const outcomes = new Map<RunContender, RunOutcome | Absence>([
  [ours, measured([2000, 1000, 1000, 9000], [3000, 500, 500, 500], [9000, 4000, 4000, 4000])],
  [base, measured([4000, 3000, 3000, 3000], [4000, 1000, 1000, 1000], [9000, 4000, 4000, 4000])],
  [absent, { status: "not installed", reason: "pip install it" }],
]);
const compared = summariseRuns([ours, base, absent], outcomes, base);
const comparison: RunComparison = {
  machine: { cpu: "A CPU", cores: 2, extensions: ["avx2"], memoryBytes: 8e9, node: "20.19.0" },
  loadAverage: 0.25,
  settings: { threads: 2, batchSize: 32, epochs: 4, rounds: 3, trainCount: 80, valCount: 20, drawn: true },
  baseline: "base",
  contenders: compared,
};

describe("a comparison of whole runs", () => {
  it("takes medians of each round's cold start and later epochs, and the ratio round by round", () => {
    expect(compared[0]).toMatchObject({ coldMs: 3000, warmMs: 1000, coldSpeed: 4 / 3, warmSpeed: 2 });
    expect(compared[1]).toMatchObject({ coldMs: 4000, warmMs: 3000, coldSpeed: 1, warmSpeed: 1 });
  });

  it("has no ratio where the baseline was not measured", () => {
    const [alone] = summariseRuns([ours], outcomes, absent);
    expect(alone).toMatchObject({ status: "measured", coldSpeed: null, warmSpeed: null });
  });

  it("is a table in which what is missing has its reason", () => {
    const lines = asText(tableOf(comparison)).split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "who     start to end of epoch 1  speed  later epoch  speed  images/s",
      "ours                      3.0 s   1.33        1.0 s   2.00      80.0",
      "base                      4.0 s   1.00        3.0 s   1.00      26.7",
      "absent  not installed: pip install it",
    ]);
    expect(lines[5]).toContain("A CPU, 2 cores (avx2)");
    expect(lines[6]).toContain("node 20.19.0, library 1.2");
    expect(lines[7]).toContain("80 to train on and 20 to validate with");
  });
});

it("refuses a contender that trains on other photos, or another network", () => {
  expect(() => requireSame(counts, counts)).not.toThrow();
  expect(() => requireSame({ ...counts, valCount: 19 }, counts)).toThrow("has valCount 19, not 20");
  expect(() => requireSame({ ...counts, parameters: 6 }, counts)).toThrow("has parameters 6, not 5");
});
