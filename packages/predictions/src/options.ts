// An entry of the package by itself, which loads nothing else: what a command line must know.
import { flag, type OptionRecord, path, text } from "@fleuron/model/options";

/** What a table may be, by its ending. */
export type PredictionsEnding = "parquet" | "csv" | "jsonl";

export const predictionsOptions = {
  list: { takes: path, value: "file", help: "a text file that names the photos, a path on each line" },
  out: {
    takes: text(/\.(parquet|csv|jsonl)$/, "a file that ends in .parquet, .csv or .jsonl"),
    required: true,
    value: "file",
    help: "write a table of all: .parquet, .csv or .jsonl",
  },
  force: { takes: flag, default: false, help: "replace the table, and what an interrupted call left of it" },
} as const satisfies OptionRecord;
