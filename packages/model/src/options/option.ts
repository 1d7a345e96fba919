// The options of a library's functions, as records: types, checks, defaults and a command line's flags come from them.

import * as v from "valibot";
import { mustBe } from "../checked/index.js";
import { optionError } from "./errors.js";
import { type ValueKind, written } from "./value-kind.js";

export interface Option<Value = unknown> {
  readonly takes: ValueKind<Value>;
  readonly required?: true;
  readonly default?: Value;
  /** One line for a command line, whose flag is the option's name in kebab case. Absent: it has none. */
  readonly help?: string;
  /** What stands for the value there: "epochs". */
  readonly value?: string;
  /** The default in words, where it is no value, or reads otherwise. */
  readonly defaultHelp?: string;
  /** Given where the option may be given for a run that goes on, with what it means and what it is then by default. */
  readonly onResume?: { readonly help?: string; readonly default?: string };
}

export interface OptionRecord {
  readonly [name: string]: Option;
}

type ValueOf<Given extends Option> = v.InferOutput<Given["takes"]["schema"]>;
type NamesWith<Options extends OptionRecord, Part> = {
  [Name in keyof Options]: Options[Name] extends Part ? Name : never;
}[keyof Options];

/** What a function takes that has these options. */
export type OptionsOf<Options extends OptionRecord> = {
  readonly [Name in keyof Omit<Options, NamesWith<Options, { required: true }>>]?:
    | ValueOf<Options[Name]>
    | undefined;
} & {
  readonly [Name in NamesWith<Options, { required: true }>]: ValueOf<Options[Name]>;
};

/** The same, with the defaults in place of what is absent. */
export type Settled<Options extends OptionRecord> = OptionsOf<Options> & {
  readonly [Name in NamesWith<Options, { default: unknown }>]: ValueOf<Options[Name]>;
};

/** Those options that may be given for a run that goes on. */
export type ResumeOptions<Options extends OptionRecord> = Pick<
  Options,
  NamesWith<Options, { onResume: object }>
>;

/** @throws FleuronError "option-unknown", "option-missing", "option-invalid" that names the option; "…-unknown" for a name of no table. */
export function checkOptions(options: OptionRecord, given: object): void {
  const names = Object.keys(options);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw optionError("option-unknown", `There is no option '${unknown}'.`, {
      subject: unknown,
      hint: `Options: ${names.join(", ")}.`,
    });
  }
  const values = new Map<string, unknown>(Object.entries(given));
  for (const [name, { takes, required }] of Object.entries(options)) {
    const value = values.get(name);
    if (value === undefined && required)
      throw optionError("option-missing", `The option '${name}' is missing.`, { subject: name });
    if (value === undefined || v.is(takes.schema, value)) continue;
    throw optionError(
      takes.table?.unknown ?? "option-invalid",
      `${mustBe(`The option '${name}'`, takes.expected, value)}.`,
      { subject: name },
    );
  }
}

/** What stands under the options' names in a file, where it does. */
export const optionEntries = <const Options extends OptionRecord>(options: Options) =>
  Object.fromEntries(
    Object.entries(options).map(([name, { takes }]) => [name, v.optional(written(takes))]),
  ) as { readonly [Name in keyof Options]: v.OptionalSchema<Options[Name]["takes"]["schema"], undefined> };

/** Those of the options that are given, whatever else is. */
export function pickOptions<const Options extends OptionRecord>(
  options: Options,
  given: { readonly [Name in keyof Options]?: unknown },
): OptionsOf<Options> {
  const names: readonly (keyof Options)[] = Object.keys(options);
  const picked = names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]]));
  return Object.fromEntries(picked);
}

export function withDefaults<const Options extends OptionRecord>(
  options: Options,
  given: OptionsOf<Options>,
): Settled<Options> {
  const defaults = Object.entries(options).map(([name, option]) => [name, option.default]);
  return { ...Object.fromEntries(defaults), ...pickOptions(options, given) };
}

/** Those of the options that may be given for a run that goes on. */
export const resumeOptionsOf = <const Options extends OptionRecord>(
  options: Options,
): ResumeOptions<Options> =>
  Object.fromEntries(
    Object.entries(options).filter(([, { onResume }]) => onResume !== undefined),
  ) as ResumeOptions<Options>;
