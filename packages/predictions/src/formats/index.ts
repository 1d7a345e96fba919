// The table of the files that predictions are written as, by their ending. Each loads what it alone needs.
import type { PredictionsEnding } from "../options.js";
import type { WriteRows } from "./format.js";

export const formats: { readonly [ending in PredictionsEnding]: () => Promise<WriteRows> } = {
  csv: async () => (await import("./csv.js")).writeCsv,
  jsonl: async () => (await import("./jsonl.js")).writeJsonLines,
  parquet: async () => (await import("./parquet.js")).writeParquet,
};
