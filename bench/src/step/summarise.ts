import { median } from "../statistics.js";
import type { Turns } from "./in-turns.js";

export interface Summary extends Omit<Turns, "steps"> {
  readonly msPerStep: { readonly median: number; readonly minimum: number };
  /** The median over the rounds of our time ÷ its time. */
  readonly ratio: number;
}

/** @param turns ours first. */
export function summarise(turns: readonly Turns[]): readonly Summary[] {
  const ours = turns[0]!.steps;
  return turns.map(({ steps, ...counted }) => ({
    ...counted,
    msPerStep: { median: median(steps), minimum: Math.min(...steps) },
    ratio: median(steps.map((ms, round) => ours[round]! / ms)),
  }));
}
