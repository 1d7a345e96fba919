// The blocks of code in a document.
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Where its text begins in the document, counted from 1. */
  readonly line: number;
}

export const blocksOf = (document: string): readonly Block[] =>
  Array.from(document.matchAll(/^```(\w+)\n(.*?)^```$/gms), ({ 1: language, 2: text, index }) => ({
    language: language!,
    text: text!,
    line: document.slice(0, index).split("\n").length + 1,
  }));
