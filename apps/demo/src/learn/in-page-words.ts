import { FleuronError, type WarningEvent } from "@fleuron/model";

/** The library's hints are for those who call it; these are for those who see the page. */
const HINTS: Readonly<Record<string, string>> = {
  "storage-full": "Delete a saved network, or free space on the disk; what was saved before is whole.",
  "out-of-memory": "Choose a smaller network.",
  "network-head": "Choose another file: of this one the page cannot tell which layer names the classes.",
  "network-unsuitable": "Choose another file.",
  "onnx-option":
    "Choose another file: the page gives a network nothing but photos, of the one size that it states.",
  "run-busy": "Stop it there, or close that tab.",
  "run-exists": "Start again: it will get another name.",
  "run-without-epochs": "Continue it.",
  "run-missing": "It was deleted, perhaps in another tab.",
  "worker-failed": "Load the page again. Where memory is short, train a smaller network.",
};

/** An error with what to do in this page. */
export function inPageWords(error: unknown): unknown {
  if (!(error instanceof FleuronError)) return error;
  const hint = HINTS[error.code];
  return hint === undefined ? error : new FleuronError(error.code, error.message, { hint, cause: error });
}

/** The library's warnings name its options. */
const WARNINGS: Readonly<Record<string, string>> = {
  "preprocessing-guessed":
    "The file does not say how photos become numbers: ImageNet's way is taken. If it learns badly, choose another one.",
};

/** A warning in words for those who see the page. */
export const warningInPage = ({ code, message }: WarningEvent): string => WARNINGS[code] ?? message;
