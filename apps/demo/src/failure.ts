import { FleuronError } from "@fleuron/model";

/** What went wrong, and what to do about it, as the page tells it. */
export interface Failure {
  readonly message: string;
  readonly hint: string | undefined;
}

export const failureOf = (error: unknown): Failure =>
  error instanceof FleuronError
    ? { message: error.message, hint: error.hint }
    : { message: error instanceof Error ? error.message : String(error), hint: undefined };

/** Whether an error only says that somebody called the work off. */
export const isAbort = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted && error === signal.reason;
