import type { Machine } from "../compare/machine.js";
import type { Absence } from "../compare/summarise.js";
import { median } from "../statistics.js";
import type { RunContender } from "./contenders.js";
import type { RunOutcome } from "./turns.js";

export interface RunComparison {
  readonly machine: Machine;
  /** Before the first contender started: what others did here. */
  readonly loadAverage: number;
  readonly settings: {
    readonly threads: number;
    readonly batchSize: number;
    readonly epochs: number;
    readonly rounds: number;
    readonly trainCount: number;
    readonly valCount: number;
    readonly drawn: boolean;
  };
  readonly baseline: string;
  readonly contenders: readonly ComparedRun[];
}

export type ComparedRun = { readonly name: string } & (
  | MeasuredRun
  | { readonly status: Absence["status"] | "failed"; readonly reason: string }
);

export interface MeasuredRun {
  readonly status: "measured";
  /** Medians over the rounds. */
  readonly coldMs: number;
  readonly warmMs: number;
  /** Medians over the rounds of (the baseline's time ÷ this one's); null where the baseline was not measured. */
  readonly coldSpeed: number | null;
  readonly warmSpeed: number | null;
  readonly versions: { readonly [library: string]: string };
}

export function summariseRuns(
  contenders: readonly RunContender[],
  outcomes: ReadonlyMap<RunContender, RunOutcome | Absence>,
  baseline: RunContender,
): readonly ComparedRun[] {
  const base = outcomes.get(baseline);
  const baseTimes = base?.status === "measured" ? timesOf(base) : undefined;
  return contenders.flatMap((contender): ComparedRun[] => {
    const { name } = contender;
    const outcome = outcomes.get(contender);
    if (!outcome) return [];
    if (outcome.status !== "measured") return [{ name, ...outcome }];
    const times = timesOf(outcome);
    const speed = (part: keyof typeof times) =>
      baseTimes ? median(times[part].map((ms, round) => baseTimes[part][round]! / ms)) : null;
    return [
      {
        name,
        status: "measured",
        coldMs: median(times.cold),
        warmMs: median(times.warm),
        coldSpeed: speed("cold"),
        warmSpeed: speed("warm"),
        versions: outcome.rounds[0]!.versions,
      },
    ];
  });
}

/** In each round: until the first epoch's end, and the median of the later ones. */
const timesOf = ({ rounds }: Extract<RunOutcome, { status: "measured" }>) => ({
  cold: rounds.map(({ coldMs }) => coldMs),
  warm: rounds.map(({ warmMs }) => median(warmMs)),
});
