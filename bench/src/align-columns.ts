/** Rows as lines of equal columns. Rows that are shorter than the first one end in a reason instead of numbers. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  isNumeric: (column: number) => boolean,
): readonly string[] {
  const headings = rows[0] ?? [];
  const full = (row: readonly string[]) => row.length === headings.length;
  const widths = headings.map((_, column) =>
    Math.max(...rows.filter((row) => full(row) || !isNumeric(column)).map((row) => row[column]!.length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        isNumeric(column) && full(row) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd(),
  );
}
