// Whether an engine that was just built computes what it should, tried in a process of its own.
import { fork } from "node:child_process";
import { once } from "node:events";
import type { ProgressEvent } from "../../events.js";
import { progress } from "../datasets/events.js";
import type { EngineMarker } from "./engine-marker.js";
import { installError } from "./errors.js";
import type { InstallableEngine } from "./installable.js";

/** From `check-worker.js`. */
export interface EngineCheck {
  readonly versions: EngineMarker["versions"];
}

export async function* checkEngine(
  { name, npmPackage }: InstallableEngine,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressEvent, EngineMarker["versions"]> {
  yield progress("checking the engine", 0, 1, "step");
  const child = fork(new URL("./check-worker.js", import.meta.url), [folder, npmPackage], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
    ...(signal && { signal }),
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  let check: EngineCheck | undefined;
  child.on("message", (message) => {
    check = message as EngineCheck;
  });
  const [code] = await once(child, "exit").catch(() => [1]);
  signal?.throwIfAborted();
  if (check === undefined) {
    throw installError(
      "engine-check-failed",
      `The engine ${name} was built and does not work: ${errors.trim() || `its process ended with ${code}`}`,
      {
        subject: name,
        hint: "'fleuron doctor' looks at every part of it.",
      },
    );
  }
  yield progress("checking the engine", 1, 1, "step");
  return check.versions;
}
