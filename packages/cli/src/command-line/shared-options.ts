// Options that several commands have, with the same words wherever they stand.
import { Option } from "@commander-js/extra-typings";
import { cliError } from "../errors.js";

export const JSON_OPTION = ["--json", "print JSON and nothing else on standard output"] as const;
export const VERBOSE_OPTION = ["--verbose", "show the stack trace of an error"] as const;
export const RUN_OPTION = ["--run <dir>", "the run's folder (default: the latest run)"] as const;

/** `--bundle` of a command that works with a run otherwise; `conflicting` are the run's options. */
export const bundleOption = (...conflicting: string[]) =>
  new Option("--bundle <dir>", "a bundle written by pnpm export, instead of a run").conflicts(conflicting);

/** `--bundle` of a command that needs no run for it. */
export const shownBundleOption = () =>
  new Option("--bundle <dir>", "the bundle's folder (default: bundle/ of the run)").conflicts("run");

/** @throws FleuronError "option-missing" for a precision without a bundle, which nothing would heed. */
export function checkPrecision({
  bundle,
  precision,
}: {
  bundle?: string | undefined;
  precision?: string | undefined;
}): void {
  if (precision === undefined || bundle !== undefined) return;
  throw cliError("option-missing", "'--precision' chooses a model of a bundle and needs '--bundle'.", {
    subject: "bundle",
    hint: "Name the bundle with --bundle, or leave --precision out: a run has one model.",
  });
}
