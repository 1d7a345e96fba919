import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { trainerError } from "@fleuron/training";
import type { StartJob } from "./job-host.js";

const entry = new URL("./job-process.js", import.meta.url);

/**
 * A process of its own, for a library that always writes to standard error: that is kept from the terminal,
 * and reported when the process ends without a result. `logVariable` in the environment says that somebody wants to see it.
 */
export const inProcess =
  (logVariable: string, module = entry): StartJob =>
  (name, options) => {
    const shown = process.env[logVariable] !== undefined;
    const child = fork(module, {
      stdio: ["ignore", "ignore", shown ? "inherit" : "pipe", "ipc"],
      serialization: "advanced",
    });
    const lastWords = lastLine(child);
    // How the process ends shows whether it could be sent.
    const send = (message: unknown) => void child.send(message as object, () => undefined);
    send({ name, options });
    const ended = Promise.all([once(child, "exit"), once(child, "disconnect")]).then(
      ([[code, signal]]) => endedBy(signal ?? `code ${code}`, lastWords()),
      (error: Error) => error,
    );
    return { source: child, abort: () => send("abort"), ended };
  };

function lastLine({ stderr }: ChildProcess): () => string {
  let end = "";
  stderr?.setEncoding("utf8").on("data", (text: string) => {
    end = (end + text).slice(-MOST);
  });
  return () => end.trim().split("\n").at(-1) ?? "";
}

const MOST = 4000;

function endedBy(what: string, words: string): Error {
  const hint =
    what === "SIGKILL"
      ? "The system ends a process so when memory runs out: try a smaller `batchSize` or `width`."
      : "Everything that was saved is kept: continue with `resume`, or with `resume` and another `engine`.";
  const said = words === "" ? "." : `: ${words}`;
  return trainerError("engine-ended", `The engine's process ended by itself with ${what}${said}`, { hint });
}
