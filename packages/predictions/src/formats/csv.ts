import type { PredictionRow } from "../row.js";
import { textFormat } from "./text.js";

const COLUMNS = [
  "path",
  "label",
  "probability",
  "labels",
  "probabilities",
  "rejected",
  "error",
] as const satisfies readonly (keyof PredictionRow)[];

/** As RFC 4180 has it, but with the line ends of Unix; lists are JSON. */
export const writeCsv = textFormat(
  (row) => COLUMNS.map((column) => cell(row[column])).join(","),
  `${COLUMNS.join(",")}\n`,
);

function cell(value: PredictionRow[keyof PredictionRow]): string {
  if (value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
