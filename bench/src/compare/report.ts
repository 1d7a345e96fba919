import { FleuronError } from "@fleuron/model";
import { asMarkdown, asText, type NotedTable } from "./table.js";
import { requireMarks, writeInto } from "./write-into.js";

export interface ReportOptions {
  readonly format: "text" | "json" | "markdown";
  /** A Markdown file whose marked section the comparison is written into. */
  readonly into: string | undefined;
}

interface Compared {
  readonly contenders: readonly { readonly status: string }[];
}

/**
 * Prints what was measured, before it is written anywhere; the exit code is 1 where a contender failed. An error of its own becomes the
 * exit code 2.
 */
export async function report<Result extends Compared>(
  measure: () => Promise<Result>,
  tableOf: (result: Result) => NotedTable,
  {
    format,
    into,
    command,
  }: ReportOptions & { /** As it is typed, which marks its section. */ readonly command: string },
): Promise<void> {
  try {
    if (into) await requireMarks(into, command);
    const result = await measure();
    const table = tableOf(result);
    const formatters = { text: asText, markdown: asMarkdown, json: () => `${JSON.stringify(result)}\n` };
    process.stdout.write(formatters[format](table));
    if (result.contenders.some(({ status }) => status === "failed")) process.exitCode = 1;
    if (into) await writeInto(into, command, asMarkdown(table));
  } catch (error) {
    if (!(error instanceof FleuronError)) throw error;
    process.stderr.write(`error: ${error.message}\n${error.hint ? `hint: ${error.hint}\n` : ""}`);
    process.exitCode = 2;
  }
}
