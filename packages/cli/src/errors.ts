// The one place that decides what a failure says and which exit code it has.
import {
  FleuronError,
  type FleuronErrorData,
  type FleuronErrorOptions,
  isSuppressedError,
  originalError,
} from "@fleuron/model";

export const EXIT = {
  success: 0,
  failure: 1,
  usage: 2,
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
  SIGBREAK: 149,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const CLI_USAGE_CODES = [
  "argument-missing",
  "argument-unexpected",
  "command-unknown",
  "option-conflict",
  "option-invalid",
  "option-missing",
  "option-unknown",
] as const;

export type CliErrorCode =
  | (typeof CLI_USAGE_CODES)[number]
  /** Nothing can listen where the page was to be served. */
  | "address-unusable"
  /** No model of the bundle is of the kind that is needed. */
  | "model-missing"
  /** Standard output, where the result was to go, took it no more. */
  | "output-unwritable"
  | "photos-not-named"
  /** There is something in the folder that a page was to be written to. */
  | "site-folder-taken"
  /** A model does not compute what was trained. */
  | "verification-failed"
  /** The run that was named is not the one that the bundle comes from. */
  | "weights-differ";

export const cliError = (code: CliErrorCode, message: string, options?: FleuronErrorOptions) =>
  new FleuronError<CliErrorCode>(code, message, options);

/** Codes that say the command line was wrong: our own, and those of libraries about what an option gave them. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  ...CLI_USAGE_CODES,
  "address-unusable",
  "bundle-folder-protected",
  "bundle-folder-taken",
  "engine-unknown",
  "layer-shape",
  "max-photos-too-small",
  "model-missing",
  "network-option",
  "precision-unsupported",
  "site-folder-taken",
  "validation-split-invalid",
]);

/** A failure as it is shown. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly error: FleuronErrorData;
  readonly stack: string | undefined;
}

export function failureOf(thrown: unknown): Failure {
  const stack = thrown instanceof Error ? stackOf(thrown) : undefined;
  const original = originalError(thrown);
  if (original instanceof FleuronError) {
    const exitCode = USAGE_CODES.has(original.code) ? EXIT.usage : EXIT.failure;
    return { exitCode, error: original.toJSON(), stack };
  }
  return {
    exitCode: EXIT.failure,
    error: {
      code: "internal",
      message: original instanceof Error ? original.message || original.name : String(original),
      hint: "This error was not expected; --verbose shows its stack trace.",
    },
    stack,
  };
}

/** The stack with those of its causes, and of what failed after it. */
function stackOf(error: Error): string {
  if (isSuppressedError(error)) {
    const [first, later] = [error.suppressed, error.error].map((one) =>
      one instanceof Error ? stackOf(one) : String(one),
    );
    return `${first}\nand then ${later}`;
  }
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
