import type { Context } from "../context.js";
import { cliError } from "../errors.js";
import { verificationLines } from "../views/verification.js";
import { answer } from "./result.js";
import type { Verification } from "./verification.js";

/** Prints the result; one that did not pass is a failure. */
export function showVerification(
  context: Context,
  result: Verification,
  { json, data }: { readonly json: boolean; readonly data: string | undefined },
) {
  answer(context, result, { json, lines: (found, canvas) => verificationLines(found, canvas, data) });
  if (result.passed) return;
  const failed = result.checks.filter(({ passed }) => !passed);
  const names = failed.map(({ format, precision, runner }) => `${format} ${precision} on ${runner}`);
  throw cliError("verification-failed", `Different from the trained weights: ${names.join(", ")}.`, {
    subject: result.bundle,
    hint: "Do not use these files. This is a bug in Fleuron or in what ran them: please report it.",
  });
}
