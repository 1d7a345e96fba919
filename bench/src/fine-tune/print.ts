import { percent } from "@fleuron/model";
import { alignColumns } from "../align-columns.js";
import { describeMachine } from "../compare/machine.js";
import type { Outcome } from "../compare/rounds.js";
import { median } from "../statistics.js";
import type { ProfileLine } from "./profile.js";

export interface FineTuneResult {
  readonly what: string;
  readonly batchSize: number;
  readonly stepsAtOnce: number;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

const headings = ["what learns", "who", "a step", "photos/s", "÷ first", "peak memory"];

/** A table, or one object with the machine that it was measured on. */
export function printFineTune(
  results: readonly FineTuneResult[],
  {
    json,
    steps,
    threads,
    loadBefore,
  }: {
    readonly json: boolean;
    readonly steps: number;
    readonly threads: number;
    readonly loadBefore: number;
  },
): void {
  const machine = describeMachine();
  if (json) {
    const told = results.map(({ outcomes, ...rest }) => ({
      ...rest,
      outcomes: Object.fromEntries(outcomes),
    }));
    process.stdout.write(
      `${JSON.stringify({ machine, loadAverage: loadBefore, steps, threads, results: told })}\n`,
    );
    return;
  }
  const rows = results.flatMap(({ what, batchSize, stepsAtOnce, outcomes }) => {
    const [first] = outcomes.values();
    return [...outcomes].map(([name, outcome]) => {
      if (outcome.status !== "measured") return [what, name, `failed: ${outcome.reason}`];
      const ms = median(outcome.steps) / stepsAtOnce;
      const ratio =
        first?.status === "measured"
          ? median(outcome.steps.map((step, round) => step / first.steps[round]!)).toFixed(2)
          : "–";
      return [
        what,
        name,
        `${ms.toFixed(ms < 10 ? 2 : 0)} ms`,
        ((batchSize / ms) * 1000).toFixed(1),
        ratio,
        `${(outcome.peakRssBytes / 1e9).toFixed(2)} GB`,
      ];
    });
  });
  const lines = alignColumns([headings, ...rows], (column) => column >= 2);
  process.stdout.write(
    `${lines.join("\n")}\n\n${machine.cpu}, ${machine.cores} cores, ${threads} threads, float32; medians of ${steps} turns; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}

/** What a step spends its time on. */
export function printProfile(
  lines: readonly ProfileLine[],
  {
    json,
    threads,
    loadBefore,
  }: { readonly json: boolean; readonly threads: number; readonly loadBefore: number },
): void {
  const machine = describeMachine();
  if (json) {
    process.stdout.write(`${JSON.stringify({ machine, loadAverage: loadBefore, threads, lines })}\n`);
    return;
  }
  const rows = lines.map(({ what, ms, share }) => [what, `${ms.toFixed(0)} ms`, percent(share)]);
  const table = alignColumns([["what", "of a step", "share"], ...rows], (column) => column >= 1);
  process.stdout.write(
    `${table.join("\n")}\n\n${machine.cpu}, ${machine.cores} cores, ${threads} threads, float32; load average before: ${loadBefore.toFixed(1)}.\n`,
  );
}
