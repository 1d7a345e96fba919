/** What a run's folder holds. */
export const RUN_FILES = {
  record: "run.json",
  split: "split.json",
  /** The network of a run that trains the graph of a foreign file, and the weights that it began with. */
  network: "network.json",
  initial: "initial.safetensors",
  metrics: "metrics.jsonl",
  last: "last.safetensors",
  best: "best.safetensors",
  /** The parameters of a compressed run that stay float32, as they go with the rounded kernels. */
  compact: "compact.safetensors",
  report: "report.html",
} as const;
