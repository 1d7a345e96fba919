import { availableParallelism } from "node:os";
import { commandLine, positive } from "../arguments.js";

export interface InferenceOptions {
  /** Photos that each contender classifies after the warm-up. */
  readonly steps: number;
  /** The threads of the contenders that have more than one thread. */
  readonly threads: number;
  readonly kernels: boolean;
  readonly json: boolean;
}

export function inferenceOptions(): InferenceOptions {
  const values = commandLine({
    steps: { type: "string" },
    threads: { type: "string" },
    kernels: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  return {
    steps: positive("steps", values.steps ?? "20"),
    threads: positive("threads", values.threads ?? String(availableParallelism())),
    kernels: values.kernels,
    json: values.json,
  };
}
