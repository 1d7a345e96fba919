// Models in runtimes that take turns, and what came of each.

import { fileURLToPath } from "node:url";
import { counted } from "@fleuron/model";
import { type Outcome, takeTurns } from "../compare/rounds.js";
import { median } from "../statistics.js";

export interface SessionOptions {
  /** The model, then its external data. */
  readonly files: readonly string[];
  readonly place: "cpu" | "wasm";
  readonly threads: number;
  /** Name and shape of what it is fed. */
  readonly input: readonly [string, ...number[]];
}

export interface Contender {
  readonly model: string;
  readonly bytes: number;
  readonly session: SessionOptions;
}

export interface Measures {
  readonly model: string;
  readonly place: string;
  readonly bytes: number;
  readonly loadMs: number;
  readonly medianMs: number;
  /** Median over the rounds of (its time ÷ that of the first model in the same place); null where that was not measured. */
  readonly timesFirst: number | null;
  readonly peakRssBytes: number;
}

export type Result = Measures | { readonly model: string; readonly place: string; readonly failed: string };

const warmUp = 3;
const program = fileURLToPath(new URL("./session.js", import.meta.url));

export const placeName = ({ place, threads }: SessionOptions): string =>
  `${place === "cpu" ? "Node CPU" : "WASM"}, ${counted(threads, "thread")}`;

/** The contenders of one place take turns; places come one after the other, so that they do not share memory. */
export async function measureAll(
  contenders: readonly Contender[],
  {
    steps,
    onProgress,
  }: { readonly steps: number; readonly onProgress: ((what: string) => void) | undefined },
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const place of new Set(contenders.map(({ session }) => placeName(session)))) {
    const here = contenders.filter(({ session }) => placeName(session) === place);
    const outcomes = await takeTurns(
      here.map((contender) => ({
        id: contender,
        file: process.execPath,
        args: [program, JSON.stringify(contender.session)],
      })),
      {
        steps,
        warmUp,
        ...(onProgress && { onProgress: (what) => onProgress(`${place}: ${what}`) }),
      },
    );
    for (const contender of here) {
      results.push(resultOf(contender, place, outcomes.get(contender)!, outcomes.get(here[0]!)!));
    }
  }
  return results;
}

function resultOf({ model, bytes }: Contender, place: string, outcome: Outcome, first: Outcome): Result {
  if (outcome.status !== "measured") return { model, place, failed: outcome.reason };
  const { steps, peakRssBytes, loadMs = Number.NaN } = outcome;
  const ratios = first.status === "measured" ? steps.map((ms, round) => ms / first.steps[round]!) : [];
  return {
    model,
    place,
    bytes,
    loadMs,
    medianMs: median(steps),
    timesFirst: ratios.length > 0 ? median(ratios) : null,
    peakRssBytes,
  };
}
