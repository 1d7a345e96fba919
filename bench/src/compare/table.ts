// A table with notes below it, as text and as Markdown. A row that is shorter than the headings ends in a reason instead of numbers.
import { alignColumns } from "../align-columns.js";

export interface NotedTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isNumeric: (column: number) => boolean;
  readonly notes: readonly string[];
}

export function asText({ headings, rows, isNumeric, notes }: NotedTable): string {
  return `${[...alignColumns([headings, ...rows], isNumeric), "", ...notes].join("\n")}\n`;
}

export function asMarkdown({ headings, rows, isNumeric, notes }: NotedTable): string {
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const full = rows.map((row) => {
    const cells = row.map((cell) => cell.replaceAll("|", "\\|"));
    return line([...cells, ...headings.slice(row.length).map(() => "")]);
  });
  const rule = headings.map((_, column) => (isNumeric(column) ? "---:" : "---"));
  const list = notes.map((note) => `- ${note}`);
  return `${[line(headings), line(rule), ...full, "", ...list].join("\n")}\n`;
}
