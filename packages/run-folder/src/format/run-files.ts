/** What a run's folder holds. */
export const RUN_FILES = {
  record: "run.json",
  split: "split.json",
  metrics: "metrics.jsonl",
  last: "last.safetensors",
  best: "best.safetensors",
  report: "report.html",
} as const;
