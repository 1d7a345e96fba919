// Work in a process of its own: native code that crashes there takes nothing else with it.
import { fork } from "node:child_process";
import { once } from "node:events";
import { deserialiseError, FleuronError, type SerialisedError, serialiseError } from "@fleuron/model";

type ChildMessage =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly error: SerialisedError };

/** A child ended without an answer; the message is the end of what it wrote to standard error. */
export class ChildFailure extends Error {}

export interface ChildOptions {
  /** Beside the variables of this process. */
  readonly env?: { readonly [name: string]: string };
  readonly signal?: AbortSignal | undefined;
  /** Called with what it writes to standard error, piece by piece. */
  readonly onStderr?: (text: string) => void;
}

/**
 * Starts the module `url`, which calls {@link answerParent}, and returns what it answers.
 *
 * @throws FleuronError that the child threw; {@link ChildFailure}; `signal.reason`.
 */
export async function runInChild<Result>(
  url: URL,
  input: unknown,
  { env, signal, onStderr }: ChildOptions = {},
): Promise<Result> {
  signal?.throwIfAborted();
  const child = fork(url, [JSON.stringify(input)], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    env: { ...process.env, ...env },
    ...(signal && { signal }),
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
    onStderr?.(text);
  });
  let answer: ChildMessage | undefined;
  child.on("message", (message) => {
    answer = message as ChildMessage;
  });
  const [code, killedBy] = await once(child, "exit").catch((error: unknown) => [error, undefined]);
  signal?.throwIfAborted();
  if (answer?.kind === "result") return answer.result as Result;
  if (answer?.kind === "error") throw childError(answer.error);
  throw new ChildFailure(
    errors.trim().split("\n").slice(-LINES).join("\n") || `it ended with ${killedBy ?? code}`,
  );
}

const LINES = 8;

function childError(error: SerialisedError): Error {
  const restored = deserialiseError(error);
  return restored instanceof FleuronError ? restored : new ChildFailure(restored.message);
}

/** For the child: does `work` with the input and answers with its result, or with its error. */
export async function answerParent<Input>(work: (input: Input) => Promise<unknown>): Promise<void> {
  const send = (message: ChildMessage) => new Promise((sent) => process.send?.(message, sent));
  try {
    await send({ kind: "result", result: await work(JSON.parse(process.argv[2]!)) });
  } catch (error) {
    await send({ kind: "error", error: serialiseError(error) });
  }
  process.disconnect();
}
