import type * as v from "valibot";
import { type Checked, checked } from "./checked.js";

/** JSON text as what a schema describes. */
export function parseJson<T>(schema: v.GenericSchema<unknown, T>, text: string): Checked<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: text.trim() === "" ? "it is empty" : "it is not JSON" };
  }
  return checked(schema, json);
}
