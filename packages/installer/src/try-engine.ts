// Whether an engine that was just made computes what it should, tried in a process of its own.
import { ChildFailure, type ChildOptions, runInChild } from "@fleuron/machine";
import { progress, type WorkEvent } from "@fleuron/model";
import { installError } from "./errors.js";

export interface Trial extends Pick<ChildOptions, "env" | "signal"> {
  /** The engine's. */
  readonly name: string;
  /** A module that answers by `answerParent`. */
  readonly worker: URL;
  /** What it is asked. */
  readonly question: unknown;
  /** What may help where it fails. */
  readonly hint: string;
}

/** @throws FleuronError "engine-check-failed", and what the worker throws; `signal.reason`. */
export async function* tryEngine<Answer>({
  name,
  worker,
  question,
  hint,
  ...options
}: Trial): AsyncGenerator<WorkEvent, Answer> {
  yield progress("trying the engine", 0, 1, "step");
  const answer = await runInChild<Answer>(worker, question, options).catch((cause: unknown) => {
    if (!(cause instanceof ChildFailure)) throw cause;
    throw installError(
      "engine-check-failed",
      `The engine ${name} was installed and does not work: ${cause.message}`,
      { subject: name, hint: `It was not kept. ${hint}`, cause },
    );
  });
  yield progress("trying the engine", 1, 1, "step");
  return answer;
}
