import * as v from "valibot";

export type Validated<T> =
  | { readonly value: T }
  /** What is wrong first, such as "'plan.batchSize': Invalid value…". */
  | { readonly problem: string };

/** JSON text as what a schema describes. */
export function parseJson<T>(schema: v.GenericSchema<unknown, T>, text: string): Validated<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: text.trim() === "" ? "it is empty" : "it is not JSON" };
  }
  const result = v.safeParse(schema, json);
  if (result.success) return { value: result.output };
  const [issue] = result.issues;
  const path = v.getDotPath(issue);
  return { problem: path === null ? issue.message : `'${path}': ${issue.message}` };
}
