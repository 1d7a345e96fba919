// What a schema wants, in words that go on after "must be"; a schema with words of its own has those.
import type * as v from "valibot";
import { counted } from "../text/numbers.js";

type Words = string | ((issue: v.BaseIssue<unknown>) => string);

/** valibot's list, such as `("a" | "b")`. */
function names({ expected }: Pick<v.BaseIssue<unknown>, "expected">): string {
  const list = String(expected);
  if (!list.includes(" | ")) return list.replaceAll('"', "'");
  return `one of ${list.replace(/[()"]/g, "").replaceAll(" | ", ", ")}`;
}

const words: { readonly [type: string]: Words } = {
  array: "a list",
  boolean: "true or false",
  finite: "a finite number",
  gt_value: ({ requirement }) => `above ${requirement}`,
  integer: "an integer",
  iso_timestamp: "a time, such as 2026-01-31T12:00:00.000Z",
  literal: names,
  loose_object: "an object",
  lt_value: ({ requirement }) => `below ${requirement}`,
  max_value: ({ requirement }) => `at most ${requirement}`,
  min_length: ({ input, requirement }) =>
    typeof input === "string"
      ? `a text of at least ${counted(Number(requirement), "character")}`
      : `a list of at least ${counted(Number(requirement), "entry", "entries")}`,
  min_value: ({ requirement }) => `at least ${requirement}`,
  number: "a number",
  object: "an object",
  picklist: names,
  record: "an object",
  safe_integer: "an integer",
  strict_object: "an object",
  strict_tuple: "a list",
  string: "a text",
  tuple: "a list",
  union: ({ expected }) =>
    names({ expected: expected!.replace(/\w+/g, (kind) => String(words[kind.toLowerCase()] ?? kind)) }),
  variant: (issue) => (issue.expected === "Object" ? "an object" : names(issue)),
};

export function expectedBy(issue: v.BaseIssue<unknown>): string {
  const known = words[issue.type] ?? issue.message;
  return typeof known === "string" ? known : known(issue);
}
