import { FleuronError } from "@fleuron/model";
import { providerNames } from "./words.js";

/** What went wrong, and what to do about it, in the words of the page. */
export interface Failure {
  readonly message: string;
  readonly hint: string | undefined;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof FleuronError)) {
    return { message: error instanceof Error ? error.message : String(error), hint: undefined };
  }
  const { code, message, hint } = error;
  if (code !== "execution-provider-unavailable") return { message, hint };
  // The library's hint is for those who call it.
  return {
    message: message.replace(
      /^(kernels|webgpu|wasm)(?=: )/,
      (name) => providerNames[name as keyof typeof providerNames],
    ),
    hint: 'Choose "automatic" under "Runs on": it takes what this browser has.',
  };
}

/** Whether an error only says that somebody called the work off. */
export const isAbort = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted && error === signal.reason;
