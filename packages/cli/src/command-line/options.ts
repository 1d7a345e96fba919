// Parsers of option values; each refuses with a message that says what the option takes.
import { availableParallelism } from "node:os";
import { domainToASCII } from "node:url";
import type { CheckpointInterval } from "@fleuron/model/options";
import { cliError } from "../errors.js";
import { nameOf } from "./flag.js";
import { suggestionHint } from "./suggest.js";

const refuse = (option: string, expected: string, given: string) =>
  cliError("option-invalid", `'${option}' must be ${expected} but is '${given}'.`, {
    subject: nameOf(option),
  });

const wholeNumber = (option: string, minimum: number, expected: string) => (given: string) => {
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < minimum) throw refuse(option, expected, given);
  return value;
};

/** 1, 2, 3, … or from a higher minimum. */
export const positiveInteger = (option: string, minimum = 1) =>
  wholeNumber(option, minimum, `a whole number, ${minimum} or more,`);

/** Threads: at most one for each core that the process may use. */
export const threads = (option: string, cores = availableParallelism()) => {
  const expected =
    cores === 1 ? "1, for there is one core," : `a whole number from 1 to ${cores}, the number of cores,`;
  const parse = wholeNumber(option, 1, expected);
  return (given: string) => {
    const value = parse(given);
    if (value > cores) throw refuse(option, expected, given);
    return value;
  };
};

export const seed = (option: string) => wholeNumber(option, 0, "a whole number, 0 or more,");

/** A TCP port; 0 takes any that is free. */
export const port = (option: string) => (given: string) => {
  const value = wholeNumber(option, 0, "a port from 0 to 65535")(given);
  if (value > 65535) throw refuse(option, "a port from 0 to 65535", given);
  return value;
};

/** The name of a host, without scheme and port; an option that may stand several times. */
export const hostNames =
  (option: string) =>
  (given: string, before: readonly string[] | undefined): readonly string[] => {
    const name = /[/?#\\\s]/.test(given) ? "" : domainToASCII(given).replace(/\.$/, "");
    if (/^[\w-]+(\.[\w-]+)*$/.test(name)) return [...(before ?? []), name];
    throw refuse(option, "the name of a host, such as flowers.example.org,", given);
  };

/** A page's file, which is replaced: nothing else may be. */
export const pageFile = (option: string) => (given: string) => {
  if (/\.html?$/i.test(given)) return given;
  throw refuse(option, "the name of a page, ending in .html,", given);
};

const decimal = (given: string) =>
  /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(given) ? Number(given) : Number.NaN;

export const positiveNumber = (option: string) => (given: string) => {
  const value = decimal(given);
  if (!(value > 0 && Number.isFinite(value))) throw refuse(option, "a number above 0", given);
  return value;
};

const BYTES = { "": 1, kb: 1e3, mb: 1e6, gb: 1e9 } as const;

/** A number of bytes, with a unit or without: 2MB, 800 kB, 1500000. */
export const byteCount = (option: string) => (given: string) => {
  const [, number = "", unit = ""] = /^([\d.]+) *([kmg]b)?$/i.exec(given) ?? [];
  const value = Math.round(decimal(number) * BYTES[unit.toLowerCase() as keyof typeof BYTES]);
  if (!(value > 0 && Number.isSafeInteger(value))) throw refuse(option, "a size such as 2MB or 800kB", given);
  return value;
};

/** A share above 0 and below 1. */
export const share = (option: string) => (given: string) => {
  const value = decimal(given);
  if (!(value > 0 && value < 1)) throw refuse(option, "a share between 0 and 1, such as 0.2,", given);
  return value;
};

/** One of the keys of a table. `list` names them: "Recipes". */
export const oneOf =
  <Name extends string>(option: string, names: readonly Name[], list: string) =>
  (given: string): Name => {
    const name = names.find((candidate) => candidate === given);
    if (name !== undefined) return name;
    throw cliError("option-invalid", `'${option}' does not know '${given}'.`, {
      subject: nameOf(option),
      hint: suggestionHint(given, names, list),
    });
  };

/** One of the keys of a table, or the path of a file that ends in `ending`. */
export const nameOrFile =
  (
    option: string,
    names: readonly string[],
    { list, ending }: { readonly list: string; readonly ending: string },
  ) =>
  (given: string): string => {
    if (given.endsWith(ending) || names.includes(given)) return given;
    throw cliError("option-invalid", `'${option}' does not know '${given}'.`, {
      subject: nameOf(option),
      hint: `${suggestionHint(given, names, list)} A path that ends in ${ending} is a file.`,
    });
  };

/** Several keys of a table with commas between. */
export const listOf = <Name extends string>(option: string, names: readonly Name[], list: string) => {
  const parse = oneOf(option, names, list);
  return (given: string): readonly Name[] => given.split(",").map((name) => parse(name.trim()));
};

const MINUTES_PER_UNIT: { readonly [unit: string]: number } = { s: 1 / 60, m: 1, h: 60 };

/** A time, such as `90s`, `10m` or `1.5h`, in seconds. */
export const timeSpan = (option: string) => (given: string) => {
  const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([smh])$/.exec(given) ?? [];
  const seconds = Number(digits) * (MINUTES_PER_UNIT[unit] ?? Number.NaN) * 60;
  if (!(seconds > 0)) throw refuse(option, "a time such as 90s, 10m or 1h,", given);
  return seconds;
};

/** `200` steps, or a time: `30s`, `5m`, `1h`. */
export const checkpointInterval =
  (option: string) =>
  (given: string): CheckpointInterval => {
    const [, digits, unit = ""] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(given) ?? [];
    const value = Number(digits);
    const minutes = MINUTES_PER_UNIT[unit];
    const valid = value > 0 && (minutes !== undefined || Number.isSafeInteger(value));
    if (!valid) throw refuse(option, "a number of steps such as 200 or a time such as 30s, 5m or 1h,", given);
    return minutes === undefined
      ? { unit: "steps", steps: value }
      : { unit: "minutes", minutes: value * minutes };
  };

/** `name=value`, or several values with commas between; an option that may stand several times. */
export const boundInputs =
  (option: string) =>
  (
    given: string,
    before: Readonly<Record<string, readonly number[]>> | undefined,
  ): Readonly<Record<string, readonly number[]>> => {
    const [, name, values = ""] = /^([^=]+)=(.+)$/.exec(given) ?? [];
    const numbers = values.split(",").map((value) => (value.trim() === "" ? Number.NaN : Number(value)));
    if (name === undefined || !numbers.every(Number.isFinite))
      throw refuse(option, "a name and a number, such as training=0,", given);
    return { ...before, [name]: numbers };
  };
