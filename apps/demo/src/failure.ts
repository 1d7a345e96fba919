import { FleuronError } from "@fleuron/model";
import { providerNames } from "./words.js";

/** What went wrong, and what to do about it, in the words of the page. */
export interface Failure {
  readonly message: string;
  readonly hint: string | undefined;
}

/** The library's hints are for those who call it; these are for those who see a page, by the codes of errors. */
const HINTS: Readonly<Record<string, string>> = {
  "browser-unsupported":
    "Allow this site WebAssembly, workers and canvas data in the browser's settings, or open it in another browser.",
  "execution-provider-unavailable": 'Choose "automatic" under "Runs on": it takes what this browser has.',
  "worker-failed": "Load the page again. If that does not help, this site lacks files of the page.",
  "timed-out": "Close other tabs and programs, and load the page again.",
  "http-status": "Try again. If that does not help, this site lacks the file.",
  "html-instead": "This site lacks the file: all files of the page and of bundle/ belong there.",
  "network-failed": "Check the connection, and try again.",
  "integrity-mismatch":
    "Try again. If that does not help, all files of bundle/ must be uploaded anew, from one export.",
};

export function failureOf(error: unknown): Failure {
  if (!(error instanceof FleuronError)) {
    return { message: error instanceof Error ? error.message : String(error), hint: undefined };
  }
  return { message: inNames(error), hint: HINTS[error.code] ?? error.hint };
}

const inNames = ({ code, message }: FleuronError): string =>
  code === "execution-provider-unavailable"
    ? message.replace(
        /^(kernels|webgpu|wasm)(?=: )/,
        (name) => providerNames[name as keyof typeof providerNames],
      )
    : message;

/** Whether an error only says that somebody called the work off. */
export const isAbort = (error: unknown, signal: AbortSignal): boolean =>
  signal.aborted && error === signal.reason;
