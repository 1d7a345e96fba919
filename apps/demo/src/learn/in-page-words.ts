import { FleuronError, type WarningEvent } from "@fleuron/model";
import { type Failure, failureOf } from "../failure.js";

/** What to do about errors of training; those of every page are in failure.ts. */
const HINTS: Readonly<Record<string, string>> = {
  "storage-full": "Delete a saved network, or free space on the disk; what was saved before is whole.",
  "out-of-memory": "Choose a smaller network.",
  "network-head": "Choose another file: of this one the page cannot tell which layer names the classes.",
  "network-unsuitable": "Choose another file.",
  "network-unusable": "Choose another file: an ONNX file with its weights inside.",
  "onnx-option":
    "Choose another file: the page gives a network nothing but photos, of the one size that it states.",
  "loss-not-finite": "Begin with something else, or with other photos.",
  "run-busy": "Stop it there, or close that tab.",
  "run-damaged": "Delete it, and train again.",
  "run-exists": "Start again: it will get another name.",
  "run-without-epochs": "Continue it.",
  "run-missing": "It was deleted, perhaps in another tab.",
  "worker-failed": "Load the page again. Where memory is short, train a smaller network.",
};

/** What went wrong with a training, and what to do about it in this page. */
export function trainingFailureOf(error: unknown): Failure {
  const failure = failureOf(error);
  const hint = error instanceof FleuronError ? HINTS[error.code] : undefined;
  return hint === undefined ? failure : { ...failure, hint };
}

/** The library's warnings name its options. */
const WARNINGS: Readonly<Record<string, string>> = {
  "preprocessing-guessed":
    "The file does not say how photos become numbers: ImageNet's way is taken. If it learns badly, choose another one.",
};

/** A warning in words for those who see the page. */
export const warningInPage = ({ code, message }: WarningEvent): string => WARNINGS[code] ?? message;
