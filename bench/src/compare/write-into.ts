import { readFile, rename, writeFile } from "node:fs/promises";
import { FleuronError } from "@fleuron/model";

const mark = (command: string, edge: "begin" | "end") => `<!-- bench ${command}: ${edge} -->`;

/** Replaces what stands between the two marks of a command in a document. Throws "marks-missing" when it has not both in order. */
export function replaceMarked(document: string, command: string, section: string, file: string): string {
  const [begin, end] = [mark(command, "begin"), mark(command, "end")];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) {
    throw new FleuronError("marks-missing", `'${file}' has no place for the comparison.`, {
      subject: file,
      hint: `Put these lines where the table belongs:\n${begin}\n${end}`,
    });
  }
  return `${document.slice(0, from + begin.length)}\n\n${section}\n${document.slice(to)}`;
}

/** Before what takes long. Throws "document-unreadable" or "marks-missing" where nothing could be written into a document. */
export async function requireMarks(file: string, command: string): Promise<void> {
  replaceMarked(await documentOf(file), command, "", file);
}

export async function writeInto(file: string, command: string, section: string): Promise<void> {
  const written = replaceMarked(await documentOf(file), command, section, file);
  await writeFile(`${file}.tmp`, written);
  await rename(`${file}.tmp`, file);
}

const documentOf = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new FleuronError("document-unreadable", `'${file}' cannot be read (${cause.code}).`, {
      subject: file,
      hint: "--into names a Markdown file that is there.",
      cause,
    });
  });
