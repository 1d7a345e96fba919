// What scripts write into documents, between two marks.
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

/** The document with other words between its two marks. @throws Error where it has not both, in this order. */
export function replaceBetween(document, [begin, end], words, name) {
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from + begin.length);
  if (from < 0 || to < 0)
    throw new Error(`${name} has no place for this: '${begin.trim()}' and, below it, '${end.trim()}'.`);
  return document.slice(0, from + begin.length) + words + document.slice(to);
}

/** Looks for the marks in a file at once, so that what takes long is not done for nothing; the result writes words between them. */
export function placeIn(file, marks) {
  const replaced = (words) => replaceBetween(readFileSync(file, "utf8"), marks, words, basename(file));
  replaced("");
  return (words) => writeFileSync(file, replaced(words));
}
