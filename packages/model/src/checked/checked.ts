/** Values from outside, read by a schema: what is wrong with one is said as the options of functions say it. */
import * as v from "valibot";
import { expectedBy } from "./expected.js";
import { shown } from "./shown.js";

export type Checked<T> =
  | { readonly value: T }
  /** What is wrong first, such as "'plan.batchSize' must be at least 1, but is 0". */
  | { readonly problem: string };

/** The value as a schema describes it, or what is wrong with it; `within` is where in its file it stands. */
export function checked<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  within?: string,
): Checked<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, value, { message: expectedBy });
  if (result.success) return { value: result.output };
  const [issue] = result.issues;
  const path = [within, v.getDotPath(issue)].filter((part) => typeof part === "string").join(".");
  return { problem: problemOf(issue, path) };
}

/** The sentence about a value that is not what it should be, without its full stop. */
export const mustBe = (name: string, expected: string, value: unknown): string =>
  `${name} must be ${expected}, but is ${shown(value)}`;

function problemOf({ type, expected, input, message }: v.BaseIssue<unknown>, path: string): string {
  const name = path === "" ? "it" : `'${path}'`;
  // A check of what belongs together says itself what is wrong.
  if (type === "check") return path === "" ? message : `${name}: ${message}`;
  if (expected === "never") return `${name} is unknown`;
  if (input === undefined) return `${name} is missing`;
  return mustBe(name, message, input);
}
