import { median } from "../statistics.js";
import type { ComparedStep } from "./compared-steps.js";
import type { Contender } from "./contenders.js";
import type { Machine } from "./machine.js";
import type { Outcome } from "./rounds.js";

export interface Comparison {
  readonly machine: Machine;
  /** Before the first contender started: what others did here. */
  readonly loadAverage: number;
  readonly settings: {
    readonly step: ComparedStep;
    readonly threads: number;
    readonly batchSize: number;
    readonly steps: number;
    readonly warmUp: number;
  };
  readonly baseline: string;
  readonly contenders: readonly ComparedContender[];
}

export type ComparedContender = { readonly name: string; readonly precision: string } & (
  | Measures
  | { readonly status: "not installed" | "not measured" | "failed"; readonly reason: string }
);

export interface Measures {
  readonly status: "measured";
  readonly medianMs: number;
  readonly minimumMs: number;
  readonly imagesPerSecond: number;
  /** Median over the rounds of (the baseline's time ÷ this one's); null where the baseline was not measured. */
  readonly speed: number | null;
  readonly peakRssBytes: number;
  readonly versions: { readonly [library: string]: string };
}

export type Absence = { readonly status: "not installed" | "not measured"; readonly reason: string };

export function summarise(
  contenders: readonly Contender[],
  outcomes: ReadonlyMap<Contender, Outcome | Absence>,
  { baseline, batchSize }: { readonly baseline: Contender; readonly batchSize: number },
): readonly ComparedContender[] {
  const base = outcomes.get(baseline);
  return contenders.flatMap((contender): ComparedContender[] => {
    const { name, precision } = contender;
    const outcome = outcomes.get(contender);
    if (!outcome) return [];
    if (outcome.status !== "measured") return [{ name, precision, ...outcome }];
    const { steps, peakRssBytes, versions } = outcome;
    const medianMs = median(steps);
    return [
      {
        name,
        precision,
        status: "measured",
        medianMs,
        minimumMs: Math.min(...steps),
        imagesPerSecond: (batchSize / medianMs) * 1000,
        speed: base?.status === "measured" ? median(steps.map((ms, round) => base.steps[round]! / ms)) : null,
        peakRssBytes,
        versions,
      },
    ];
  });
}
