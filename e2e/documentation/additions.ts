// What docs/extending.md adds, a section each: the files and lines, how many files at most, and what runs them.
import { blocksOf } from "./blocks.js";
import { patched } from "./patch.js";

/** A file of the sources that an addition writes anew, or changes. */
export interface Change {
  readonly path: string;
  /** The text of the file, from the one that was there. */
  apply(before: string): string;
}

/** What shows that an addition works: vitest in the folder of a package. */
export interface Run {
  readonly folder: string;
  readonly arguments: readonly string[];
}

export interface Addition {
  readonly title: string;
  /** How many files it may touch, tests and documents apart. */
  readonly ceiling: number;
  readonly changes: readonly Change[];
  readonly runs: readonly Run[];
}

/** The additions of a document: a section with "at most 9 files" in it, files, diffs, and shell lines that test them. */
export const additionsIn = (document: string): readonly Addition[] =>
  document.split(/^## /m).slice(1).map(additionOf);

function additionOf(section: string): Addition {
  const blocks = blocksOf(section);
  return {
    title: section.slice(0, section.indexOf("\n")),
    ceiling: Number(/at most (\d+) files/.exec(section)?.[1] ?? 0),
    changes: blocks.flatMap(({ language, text }) => {
      const [head = "", ...lines] = text.trimEnd().split("\n");
      if (language === "ts") return [{ path: head.replace("// ", ""), apply: () => text }];
      return language === "diff" ? [{ path: head, apply: (before) => patched(before, lines) }] : [];
    }),
    runs: blocks.filter(({ language }) => language === "sh").map(({ text }) => runOf(text.trim())),
  };
}

function runOf(command: string): Run {
  const [, folder, tail] = /^cd (\S+) && npx vitest run (.+)$/.exec(command) ?? [];
  if (folder === undefined || tail === undefined)
    throw new Error(`This runs no tests of a package: ${command}`);
  return { folder, arguments: tail.split(" ") };
}

/** The files that an addition touches, tests and documents apart. */
export const touchedBy = ({ changes }: Addition): readonly string[] =>
  [...new Set(changes.map(({ path }) => path))].filter(
    (path) => !/\.test\.ts$|\/fixtures\/|\.md$/.test(path),
  );
