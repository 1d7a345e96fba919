import { resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";

export interface SuiteOptions {
  /** Faults to try; all without. */
  readonly only: readonly string[];
  /** The seed of the first try of each. */
  readonly seed: number | undefined;
  /** In place of what each fault wants. */
  readonly times: number | undefined;
  /** Where results go. */
  readonly json: string | undefined;
  readonly help: boolean;
}

/** @throws Error whose message says what is wrong with the command line. */
export function suiteOptions(args: readonly string[], names: readonly string[]): SuiteOptions {
  const options = {
    only: { type: "string", multiple: true, default: [] },
    seed: { type: "string" },
    times: { type: "string" },
    json: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  } as const satisfies ParseArgsConfig["options"];
  const { values } = parseArgs({ args: [...args], options });
  const only = values.only.flatMap((given) => given.split(","));
  const strange = only.find((name) => !names.includes(name));
  if (strange !== undefined) throw new Error(`There is no fault '${strange}'. Faults: ${names.join(", ")}.`);
  return {
    only,
    seed: values.seed === undefined ? undefined : wholeNumber("--seed", values.seed, 0),
    times: values.times === undefined ? undefined : wholeNumber("--times", values.times, 1),
    json: values.json && resolve(process.env.INIT_CWD ?? ".", values.json),
    help: values.help,
  };
}

function wholeNumber(option: string, text: string, minimum: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= minimum) return value;
  throw new Error(`'${option}' must be a whole number, ${minimum} or more, but is '${text}'.`);
}
