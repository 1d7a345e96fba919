// The blocks of code in a document.
import { readFileSync } from "node:fs";

export interface Block {
  readonly language: string;
  readonly text: string;
  /** Where its text begins in the document, counted from 1. */
  readonly line: number;
}

export function blocksOf(file: string): readonly Block[] {
  const document = readFileSync(file, "utf8");
  return Array.from(document.matchAll(/^```(\w+)\n(.*?)^```$/gms), ({ 1: language, 2: text, index }) => ({
    language,
    text,
    line: document.slice(0, index).split("\n").length + 1,
  }));
}
