// One file of a bundle in a process of its own: what that takes is the file's.
import { fork } from "node:child_process";
import { once } from "node:events";
import { FleuronError, type FleuronErrorData } from "@fleuron/model";
import { exportError } from "../../errors.js";

export interface PhotoToMeasure {
  readonly path: string;
  /** Index of its class. */
  readonly label: number;
}

export interface MeasureTask {
  /** The bundle's. */
  readonly folder: string;
  readonly precision: string;
  readonly threads: number | undefined;
  readonly photos: readonly PhotoToMeasure[];
}

export interface NamedPhotos {
  /** How many were named as their class. */
  readonly right: number;
  readonly unreadable: readonly string[];
  readonly milliseconds: number;
  readonly peakBytes: number;
}

export type FromMeasuring =
  | { readonly type: "photo"; readonly done: number }
  | { readonly type: "named"; readonly named: NamedPhotos }
  | { readonly type: "error"; readonly error: FleuronErrorData };

interface MeasureInProcessOptions {
  readonly signal: AbortSignal;
  readonly onPhoto: (done: number) => void;
}

/** @throws FleuronError that the process threw, or "measurement-ended"; the signal's reason. */
export async function measureInProcess(
  task: MeasureTask,
  { signal, onPhoto }: MeasureInProcessOptions,
): Promise<NamedPhotos> {
  signal.throwIfAborted();
  const child = fork(new URL("./measure-process.js", import.meta.url), {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    signal,
  });
  let words = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-MOST_WORDS);
  });
  let named: NamedPhotos | undefined;
  let failure: FleuronErrorData | undefined;
  child.on("message", (message) => {
    const said = message as FromMeasuring;
    if (said.type === "photo") onPhoto(said.done);
    else if (said.type === "named") named = said.named;
    else failure = said.error;
  });
  child.send(task, () => undefined);
  const [code, killedBy] = await once(child, "exit").catch((error: unknown) => [error, null]);
  signal.throwIfAborted();
  if (failure !== undefined) throw FleuronError.fromJSON(failure);
  if (named !== undefined) return named;
  throw exportError(
    "measurement-ended",
    `The process that measured ${task.precision} ended by itself with ${killedBy ?? code}: ${words.trim() || "it said nothing"}.`,
    {
      subject: task.folder,
      hint: "The system ends a process with SIGKILL when memory runs out: leave that file out of the bundle.",
    },
  );
}

const MOST_WORDS = 400;
