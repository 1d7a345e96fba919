export interface Csv {
  readonly rows: readonly CsvRow[];
  /** The first line with a quote that swallows others: it is never closed, or only by one within a later field. */
  readonly misquoted: number | undefined;
}

export interface CsvRow {
  /** That of its first field, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** The rows of a CSV text (RFC 4180): fields between commas, semicolons or tabs, as its first line has them. */
export function parseCsv(text: string): Csv {
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let field = "";
  let [line, firstLine, quotedLine] = [1, 1, 1];
  let quoted = false;
  let misquoted: number | undefined;
  const endField = () => {
    fields.push(field);
    field = "";
  };
  const endRow = () => {
    endField();
    if (fields.length > 1 || fields[0] !== "") rows.push({ line: firstLine, fields });
    fields = [];
    firstLine = line;
  };
  const endsField = (next: string | undefined) =>
    next === undefined || next === separator || next === "\n" || next === "\r";
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === "\n") line++;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[at + 1] === '"') field += text[at++];
      else {
        quoted = false;
        if (line > quotedLine && !endsField(text[at + 1])) misquoted ??= quotedLine;
      }
    } else if (character === '"' && field === "") {
      quoted = true;
      quotedLine = line;
    } else if (character === separator) endField();
    else if (character === "\n") endRow();
    else if (character !== "\r") field += character;
  }
  endRow();
  return { rows, misquoted: misquoted ?? (quoted ? quotedLine : undefined) };
}

function separatorOf(text: string): string {
  const [first = ""] = text.split("\n", 1);
  return [",", ";", "\t"].find((separator) => first.includes(separator)) ?? ",";
}
