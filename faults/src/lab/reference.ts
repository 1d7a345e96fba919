// The smallest run that has all parts: the photos that AlexNet needs at least, and hardly any channels.
import type { EngineName } from "./engines.js";

/** What a run or a bundle that was interrupted is compared with. */
export interface Reference {
  readonly run: string;
  readonly bundle: string;
  /** How many lines `train --json` printed. */
  readonly lines: number;
  readonly trainingMs: number;
  readonly exportMs: number;
}

export const size = ["--width", "0.03", "--image-size", "67", "--batch-size", "4", "--threads", "1"] as const;

/** A checkpoint after each step, so that a kill meets the writing of one. */
export const everyStep = ["--checkpoint-every", "1"] as const;

/** Options of `train`, three epochs of six steps. */
export const small = (data: string, engine: EngineName): readonly string[] => [
  ...["--data", data, "--engine", engine, "--deterministic", "--epochs", "3"],
  ...size,
  ...everyStep,
  "--json",
];

/** Options of `export` for all that it writes; what was written is not run. */
export const everything = [
  ...["--format", "all", "--precision", "float32,float16,int8,int4"],
  ...["--no-verify", "--json"],
] as const;
