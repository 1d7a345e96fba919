// Pieces of WGSL text.

/** A float32 literal. */
export const float = (value: number): string =>
  value < 0 ? `(${Math.fround(value)}f)` : `${Math.fround(value)}f`;

/** A sum of terms, 0 where there is none. */
export const sum = (terms: readonly string[]): string => (terms.length === 0 ? "0u" : terms.join(" + "));

/** A statement for each of the first numbers, one a line. */
export const repeat = (count: number, statement: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => statement(index)).join("\n");
