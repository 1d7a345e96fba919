// The one place that decides what a failure says and which exit code it has.
import {
  type ErrorCodeOf,
  errorsOf,
  FleuronError,
  type FleuronErrorData,
  isSuppressedError,
  originalError,
} from "@fleuron/model";
import { asTyped } from "./command-line/as-typed.js";
import { asLaunched } from "./command-line/launcher.js";

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

export const cliError = errorsOf({
  "argument-missing": "usage",
  "argument-unexpected": "usage",
  "command-unknown": "usage",
  "option-conflict": "usage",
  "option-invalid": "usage",
  "option-missing": "usage",
  "option-unknown": "usage",
  /** Nothing can listen where the page was to be served. */
  "address-unusable": "usage",
  /** No model of the bundle is of the kind that is needed. */
  "model-missing": "usage",
  /** Standard output, where the result was to go, took it no more. */
  "output-unwritable": "machine",
  "photos-not-named": "data",
  /** There is something in the folder that a page was to be written to. */
  "site-folder-taken": "usage",
  /** A model does not compute what was trained. */
  "verification-failed": "data",
  /** The run that was named is not the one that the bundle comes from. */
  "weights-differ": "data",
});

export type CliErrorCode = ErrorCodeOf<typeof cliError>;

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
    const exitCode = original.kind === "usage" ? EXIT.usage : EXIT.failure;
    const { message, hint, ...rest } = original.toJSON();
    const typed = {
      message: asTyped(message),
      ...(hint !== undefined && { hint: asLaunched(asTyped(hint)) }),
    };
    return { exitCode, error: { ...rest, ...typed }, stack };
  }
  return {
    exitCode: EXIT.failure,
    error: {
      code: "internal",
      kind: "internal",
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
