import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import { type ComparedStep, comparedSteps, isComparedStep } from "./compare/compared-steps.js";

export interface BenchOptions {
  readonly steps: number;
  readonly threads: number;
  readonly compare: boolean;
  readonly profile: boolean;
  /** Whether the profile is of the forms of each convolution. */
  readonly forms: boolean;
  /** The step that a comparison measures. Default "plain". */
  readonly step: ComparedStep;
  readonly format: "text" | "json" | "markdown";
  /** A Markdown file whose marked section the comparison is written into. */
  readonly into: string | undefined;
}

export function benchOptions(): BenchOptions {
  const values = commandLine({
    steps: { type: "string" },
    threads: { type: "string" },
    compare: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    forms: { type: "boolean", default: false },
    step: { type: "string" },
    json: { type: "boolean", default: false },
    markdown: { type: "boolean", default: false },
    into: { type: "string" },
  });
  if (values.json && values.markdown) fail("--json and --markdown do not go together.");
  if (values.compare && values.profile) fail("--compare and --profile do not go together.");
  if (!values.compare && (values.into !== undefined || values.step !== undefined))
    fail("--into and --step go with --compare.");
  if (values.forms && !values.profile) fail("--forms goes with --profile.");
  if (values.markdown && values.forms) fail("--markdown and --forms do not go together.");
  if (values.markdown && !values.compare && !values.profile)
    fail("--markdown goes with --compare or --profile.");
  const step = values.step ?? "plain";
  if (!isComparedStep(step))
    return fail(`--step must be one of ${Object.keys(comparedSteps).join(", ")} but is '${step}'.`);
  return {
    steps: positive("steps", values.steps ?? "12"),
    threads: positive("threads", values.threads ?? String(availableParallelism())),
    compare: values.compare,
    profile: values.profile,
    forms: values.forms,
    step,
    format: values.json ? "json" : values.markdown ? "markdown" : "text",
    into: values.into && resolve(process.env.INIT_CWD ?? ".", values.into),
  };
}

/** The values of the command line's options; ends the process where they are wrong. */
export function commandLine<const Options extends NonNullable<ParseArgsConfig["options"]>>(
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>["values"] {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

export function positive(name: string, text: string): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0
    ? value
    : fail(`--${name} must be a positive whole number but is '${text}'.`);
}

export function fail(message: string): never {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}
