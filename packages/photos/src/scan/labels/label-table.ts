/** Files that name the class of each photo: the columns `file_name` and `label`, as Hugging Face has them. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { parseCsv } from "./parse-csv.js";
import { unreadableLine, withoutLabel } from "./table-errors.js";

const TABLE_NAMES = ["metadata.csv", "metadata.jsonl", "labels.csv", "train.csv"];

export interface TableRow {
  /** As it is written: a path relative to the table's folder. */
  readonly fileName: string;
  readonly label: string;
}

export interface LabelTable {
  /** Absolute. */
  readonly file: string;
  readonly rows: readonly TableRow[];
}

/** A file of such a name without the columns. */
export interface OtherTable {
  readonly file: string;
  readonly columns: readonly string[];
}

export interface FoundTables {
  readonly tables: readonly LabelTable[];
  readonly others: readonly OtherTable[];
}

/** @throws FleuronError `labels-invalid` for a line that cannot be read, or has no label. */
export async function findTables(folder: string): Promise<FoundTables> {
  const tables: LabelTable[] = [];
  const others: OtherTable[] = [];
  for (const name of TABLE_NAMES) {
    const file = path.join(folder, name);
    const text = await fs.readFile(file, "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const { columns, records } = name.endsWith(".jsonl") ? readJsonLines(file, text) : readCsv(text);
    if (columns.includes("file_name") && columns.includes("label")) {
      tables.push({ file, rows: records.map((record, at) => rowOf(file, record, at)) });
    } else others.push({ file, columns });
  }
  return { tables, others };
}

type Record = ReadonlyMap<string, string>;

function readCsv(text: string) {
  const [header = [], ...rows] = parseCsv(text);
  const columns = header.map((column) => column.trim().toLowerCase());
  return {
    columns,
    records: rows.map((row) => new Map(columns.map((column, at) => [column, row[at] ?? ""]))),
  };
}

function readJsonLines(file: string, text: string) {
  const records = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, at) => jsonRecord(file, line, at));
  return { columns: [...(records[0]?.keys() ?? [])], records };
}

function jsonRecord(file: string, line: string, at: number): Record {
  try {
    const value: unknown = JSON.parse(line);
    return new Map(Object.entries(value as object).map(([key, field]) => [key, String(field ?? "")]));
  } catch (cause) {
    throw unreadableLine(file, at + 1, cause);
  }
}

function rowOf(file: string, record: Record, at: number): TableRow {
  const [fileName = "", label = ""] = [record.get("file_name")?.trim(), record.get("label")?.trim()];
  if (fileName === "" || label === "") throw withoutLabel(file, at + 1, fileName);
  return { fileName, label };
}
