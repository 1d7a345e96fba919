import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly steps: number;
  readonly threads: number;
  readonly json: boolean;
}

export function benchOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      steps: { type: "string" },
      threads: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  return {
    steps: positive("steps", values.steps ?? "12"),
    threads: positive("threads", values.threads ?? String(availableParallelism())),
    json: values.json,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  process.stderr.write(`error: --${name} must be a positive whole number but is '${text}'.\n`);
  process.exit(2);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
