export function placeIn(file: string, marks: readonly [string, string]): (words: string) => void;
export function replaceBetween(
  document: string,
  marks: readonly [string, string],
  words: string,
  name: string,
): string;
