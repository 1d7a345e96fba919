import { availableParallelism } from "node:os";
import { commandLine, positive } from "../arguments.js";

export interface BrowserOptions {
  /** Photos that each contender classifies after the warm-up. */
  readonly steps: number;
  /** The threads of the contenders on WASM. */
  readonly threads: number;
  readonly json: boolean;
}

export function browserOptions(): BrowserOptions {
  const values = commandLine({
    steps: { type: "string" },
    threads: { type: "string" },
    json: { type: "boolean", default: false },
  });
  return {
    steps: positive("steps", values.steps ?? "20"),
    threads: positive("threads", values.threads ?? String(Math.min(4, availableParallelism()))),
    json: values.json,
  };
}
