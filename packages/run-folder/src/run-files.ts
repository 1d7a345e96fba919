import { LOCK_FILE } from "@fleuron/files";

/** What a run's folder holds. */
export const RUN_FILES = {
  record: "run.json",
  split: "split.json",
  metrics: "metrics.jsonl",
  last: "last.safetensors",
  best: "best.safetensors",
  report: "report.html",
  lock: LOCK_FILE,
} as const;
