// Tables of text: columns as wide as their widest cell, numbers to the right.
import stringWidth from "string-width";

export interface Column {
  readonly heading: string;
  readonly align: "left" | "right";
}

export const pad = (text: string, width: number, align: Column["align"]): string => {
  const space = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "left" ? text + space : space + text;
};

export interface TableOptions {
  readonly columns: readonly Column[];
  /** Cells may carry colours. */
  readonly rows: readonly (readonly string[])[];
  /** Applied to the padded heading line. */
  readonly heading: (line: string) => string;
}

const GAP = "  ";

/** The lines of a table, headings first. */
export function table({ columns, rows, heading }: TableOptions): readonly string[] {
  const widths = columns.map((column, index) =>
    Math.max(stringWidth(column.heading), ...rows.map((row) => stringWidth(row[index] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, index) => pad(cells[index] ?? "", widths[index], align))
      .join(GAP)
      .trimEnd();
  return [heading(line(columns.map((column) => column.heading))), ...rows.map(line)];
}
