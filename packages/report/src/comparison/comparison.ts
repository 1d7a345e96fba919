import type { BestEpoch, EpochMetrics, LargestClass } from "@fleuron/model";

/** What `compare` says about runs. */
export interface Comparison {
  /** In the order in which they were asked for, each once. */
  readonly runs: readonly ComparedRun[];
  readonly differences: readonly SettingDifference[];
  /** Why the runs' figures may not be comparable, as sentences. */
  readonly notes: readonly string[];
}

export interface ComparedRun {
  /** The name of its folder, with the folder above where names are alike. */
  readonly name: string;
  readonly folder: string;
  readonly status: "running" | "completed" | "stopped" | "failed";
  readonly recipe: string;
  readonly network: string;
  readonly parameters: number;
  readonly labels: readonly string[];
  readonly valCount: number;
  /** What always naming it would give on the validation photos; null where these cannot be known. */
  readonly largestClass: LargestClass | null;
  readonly metrics: readonly EpochMetrics[];
  /** By the recipe's measure; null before the first epoch is complete. */
  readonly best: BestEpoch | null;
  /** The 95% Wilson interval of the best epoch's accuracy. */
  readonly interval: readonly [low: number, high: number] | null;
  /** The seconds of all epochs so far. */
  readonly seconds: number;
}

/** A setting that is not the same in all runs. */
export interface SettingDifference {
  /** In words, such as `schedule, learning rate`. */
  readonly setting: string;
  /** The value in each run; null where a run has no such setting. */
  readonly values: readonly (string | null)[];
}
