// Whether an engine that was just built computes what it should, tried in a process of its own.
import type { ProgressEvent } from "../../events.js";
import { ChildFailure, runInChild } from "../child/run-in-child.js";
import { progress } from "../datasets/events.js";
import type { EngineMarker } from "./engine-marker.js";
import { installError } from "./errors.js";
import type { InstallableEngine } from "./installable.js";

/** What `check-worker.js` is told, and what it answers. */
export interface EngineCheckOptions {
  readonly folder: string;
  readonly npmPackage: string;
}
export interface EngineCheck {
  readonly versions: EngineMarker["versions"];
}

/** @throws FleuronError "engine-check-failed"; `signal.reason`. */
export async function* checkEngine(
  { name, npmPackage }: InstallableEngine,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ProgressEvent, EngineMarker["versions"]> {
  yield progress("trying the engine", 0, 1, "step");
  const options: EngineCheckOptions = { folder, npmPackage };
  try {
    const worker = new URL("./check-worker.js", import.meta.url);
    const { versions } = await runInChild<EngineCheck>(worker, options, { signal });
    yield progress("trying the engine", 1, 1, "step");
    return versions;
  } catch (error) {
    if (!(error instanceof ChildFailure)) throw error;
    throw installError(
      "engine-check-failed",
      `The engine ${name} was built and does not work: ${error.message}`,
      {
        subject: name,
        hint: "Nothing of it was kept. Without --from, the libtensorflow that it is made for is taken.",
        cause: error,
      },
    );
  }
}
