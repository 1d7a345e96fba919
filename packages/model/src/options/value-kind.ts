// The kinds of values that options take: what each accepts, as a schema and in words.
import * as v from "valibot";
import type { OptionErrorCode } from "./errors.js";

export interface ValueKind<Value = unknown> {
  /** By which a command line finds how to read it from text. */
  readonly type: ValueType;
  readonly schema: v.GenericSchema<Value>;
  /** As it goes on after "must be": "a positive integer". */
  readonly expected: string;
  /** The table that a name is from. */
  readonly table?: NameTable;
  /** How the path of a file ends that may stand in place of a name. */
  readonly ending?: string;
  /** The smallest number, where it is not that of the type. */
  readonly minimum?: number;
}

export interface NameTable {
  /** Heads the list of names: "Recipes". */
  readonly title: string;
  readonly names: readonly string[];
  /** The code of the error about a name that it does not have. */
  readonly unknown: OptionErrorCode;
}

export type ValueType =
  | "bytes"
  | "checkpointInterval"
  | "flag"
  | "listOf"
  | "nameOrFile"
  | "oneOf"
  | "path"
  | "paths"
  | "positiveInteger"
  | "positiveNumber"
  | "seconds"
  | "seed"
  | "share"
  | "signal"
  | "text"
  | "threads";

/** The kind as an entry of a file, which is wrong in the same words. */
export const written = <Value>({ schema, expected }: ValueKind<Value>): v.GenericSchema<Value> =>
  v.message(schema, expected);

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const positiveSchema = v.pipe(v.number(), v.finite(), v.gtValue(0));

export const positiveInteger: ValueKind<number> = {
  type: "positiveInteger",
  schema: countSchema,
  expected: "a positive integer",
};

export const atLeast = (minimum: number): ValueKind<number> => ({
  type: "positiveInteger",
  schema: v.pipe(countSchema, v.minValue(minimum)),
  expected: `an integer of at least ${minimum}`,
  minimum,
});

export const positiveNumber: ValueKind<number> = {
  type: "positiveNumber",
  schema: positiveSchema,
  expected: "a number above 0",
};

/** A difference of percentages. */
export const points: ValueKind<number> = {
  ...positiveNumber,
  schema: v.pipe(positiveSchema, v.maxValue(100)),
  expected: "a number above 0 and at most 100",
};

export const bytes: ValueKind<number> = { ...positiveInteger, type: "bytes", expected: "a number of bytes" };

export const seconds: ValueKind<number> = {
  type: "seconds",
  schema: positiveSchema,
  expected: "a number of seconds above 0",
};

export const threads: ValueKind<number> = { ...positiveInteger, type: "threads" };

export const seed: ValueKind<number> = {
  type: "seed",
  schema: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  expected: "an integer of at least 0",
};

export const share: ValueKind<number> = {
  type: "share",
  schema: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  expected: "at least 0 and below 1",
};

const pathSchema = v.pipe(v.string(), v.nonEmpty());

export const path: ValueKind<string> = { type: "path", schema: pathSchema, expected: "a path" };

export const paths: ValueKind<readonly string[]> = {
  type: "paths",
  schema: v.array(pathSchema),
  expected: "a list of paths",
};

export const text = (pattern: RegExp, expected: string): ValueKind<string> => ({
  type: "text",
  schema: v.pipe(v.string(), v.regex(pattern)),
  expected,
});

export const flag: ValueKind<boolean> = { type: "flag", schema: v.boolean(), expected: "true or false" };

export const signal: ValueKind<AbortSignal> = {
  type: "signal",
  schema: v.instance(AbortSignal),
  expected: "an AbortSignal",
};

/** A name of a table. */
export const oneOf = <const Name extends string>(
  names: readonly Name[],
  title: string,
  unknown: OptionErrorCode = "option-invalid",
): ValueKind<Name> => ({
  type: "oneOf",
  schema: v.picklist(names),
  expected: `one of ${names.join(", ")}`,
  table: { title, names, unknown },
});

/** A name of a table, or the path of a file. */
export const nameOrFile = (
  names: readonly string[],
  title: string,
  ending: `.${string}`,
  unknown: OptionErrorCode = "option-invalid",
): ValueKind<string> => ({
  type: "nameOrFile",
  schema: v.union([v.picklist(names), v.pipe(v.string(), v.endsWith(ending))]),
  expected: `one of ${names.join(", ")}, or a path that ends in ${ending}`,
  table: { title, names, unknown },
  ending,
});

/** Several names of a table. */
export const listOf = <const Name extends string>(
  names: readonly Name[],
  title: string,
): ValueKind<readonly Name[]> => ({
  type: "listOf",
  schema: v.array(v.picklist(names)),
  expected: `a list of ${names.join(", ")}`,
  table: { title, names, unknown: "option-invalid" },
});

/** A checkpoint is written after each epoch in any case. */
export type CheckpointInterval =
  | { readonly unit: "steps"; readonly steps: number }
  | { readonly unit: "minutes"; readonly minutes: number };

export const checkpointInterval: ValueKind<CheckpointInterval> = {
  type: "checkpointInterval",
  schema: v.variant("unit", [
    v.strictObject({ unit: v.literal("steps"), steps: countSchema }),
    v.strictObject({ unit: v.literal("minutes"), minutes: positiveSchema }),
  ]),
  expected: 'a number of steps or minutes, such as {"unit":"minutes","minutes":5}',
};
