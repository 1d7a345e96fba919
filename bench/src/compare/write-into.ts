import { readFile, rename, writeFile } from "node:fs/promises";
import { FleuronError } from "@fleuron/model";
import type { ComparedStep } from "./compared-steps.js";

const mark = (step: ComparedStep, edge: "begin" | "end") =>
  `<!-- bench train --compare${step === "plain" ? "" : ` --step ${step}`}: ${edge} -->`;

/** Replaces what stands between the two marks of a step in a document. Throws "marks-missing" when it has not both in order. */
export function replaceMarked(document: string, step: ComparedStep, section: string, file: string): string {
  const [begin, end] = [mark(step, "begin"), mark(step, "end")];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) {
    throw new FleuronError("marks-missing", `'${file}' has no place for the comparison.`, {
      subject: file,
      hint: `Put these lines where the table belongs:\n${begin}\n${end}`,
    });
  }
  return `${document.slice(0, from + begin.length)}\n\n${section}\n${document.slice(to)}`;
}

export async function writeInto(file: string, step: ComparedStep, section: string): Promise<void> {
  const written = replaceMarked(await readFile(file, "utf8"), step, section, file);
  await writeFile(`${file}.tmp`, written);
  await rename(`${file}.tmp`, file);
}
