import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { fail, positive } from "../arguments.js";

export interface BrowserOptions {
  /** Photos that each contender classifies after the warm-up. */
  readonly steps: number;
  /** Of the contenders on WASM. */
  readonly threads: number;
  readonly json: boolean;
}

export function browserOptions(): BrowserOptions {
  const values = parsed();
  return {
    steps: positive("steps", values.steps ?? "20"),
    threads: positive("threads", values.threads ?? String(Math.min(4, availableParallelism()))),
    json: values.json,
  };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        steps: { type: "string" },
        threads: { type: "string" },
        json: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
