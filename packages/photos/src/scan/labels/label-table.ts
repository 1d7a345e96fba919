/** Files that name the class of each photo: the columns `file_name` and `label`, as Hugging Face has them. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { readFailure, systemCode } from "@fleuron/files";
import { parseCsv } from "./parse-csv.js";
import { misquotedLine, unreadableLine, withoutLabel } from "./table-errors.js";

const BYTE_ORDER_MARK = /^\ufeff/;

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

/** @throws FleuronError `labels-invalid` for a line that cannot be read, or has no label; `file-unreadable`. */
export async function findTables(folder: string): Promise<FoundTables> {
  const tables: LabelTable[] = [];
  const others: OtherTable[] = [];
  for (const name of TABLE_NAMES) {
    const file = path.join(folder, name);
    const text = await textOf(file);
    if (text === undefined) continue;
    const { columns, records, misquoted } = name.endsWith(".jsonl")
      ? readJsonLines(file, text)
      : readCsv(text);
    if (columns.includes("file_name") && columns.includes("label")) {
      if (misquoted !== undefined) throw misquotedLine(file, misquoted);
      tables.push({ file, rows: records.map((record) => rowOf(file, record)) });
    } else others.push({ file, columns });
  }
  return { tables, others };
}

/** Undefined where there is no such file. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await fs.readFile(file, "utf8")).replace(BYTE_ORDER_MARK, "");
  } catch (cause) {
    if (["ENOENT", "ENOTDIR", "EISDIR"].includes(systemCode(cause) ?? "")) return undefined;
    throw readFailure(file, cause);
  }
}

interface Record {
  readonly line: number;
  readonly fields: ReadonlyMap<string, string>;
}

interface Records {
  readonly columns: readonly string[];
  readonly records: readonly Record[];
  /** The line of a quote that swallows others. */
  readonly misquoted?: number | undefined;
}

function readCsv(text: string): Records {
  const { rows, misquoted } = parseCsv(text);
  const [header, ...others] = misquoted === 1 ? parseCsv(text.split("\n", 1)[0]!).rows : rows;
  const columns = header?.fields.map((column) => column.trim().toLowerCase()) ?? [];
  const records = others.map(({ line, fields }) => ({
    line,
    fields: new Map(columns.map((column, at) => [column, fields[at] ?? ""])),
  }));
  return { columns, records, misquoted };
}

function readJsonLines(file: string, text: string): Records {
  const records = text
    .split("\n")
    .map((json, at) => ({ json, line: at + 1 }))
    .filter(({ json }) => json.trim() !== "")
    .map(({ json, line }) => ({ line, fields: jsonFields(file, json, line) }));
  return { columns: [...new Set(records.flatMap(({ fields }) => [...fields.keys()]))], records };
}

function jsonFields(file: string, json: string, line: number): ReadonlyMap<string, string> {
  try {
    const value: unknown = JSON.parse(json);
    return new Map(Object.entries(value as object).map(([key, field]) => [key, String(field ?? "")]));
  } catch (cause) {
    throw unreadableLine(file, line, cause);
  }
}

function rowOf(file: string, { line, fields }: Record): TableRow {
  const [fileName = "", label = ""] = [fields.get("file_name")?.trim(), fields.get("label")?.trim()];
  if (fileName === "" || label === "") throw withoutLabel(file, line, fileName);
  return { fileName, label };
}
