// Installing and removing: TensorFlow's engines are that package's, WebGPU is ours.
import type { WorkEvent } from "@fleuron/model";
import { optionError } from "@fleuron/model/options";
import {
  type InstallEngineOptions,
  type InstalledEngine,
  installableNames,
  installError,
  installEngine as installTensorflow,
  removeInstallation,
  removeEngine as removeTensorflow,
} from "@fleuron/tensorflow";
import { installationOf } from "../webgpu/installation.js";

const names: readonly string[] = [...installableNames, "webgpu"];

/**
 * Installs an engine, in place of the one that was there, and tries it: when that or anything else fails, the one that
 * was there stays as it was.
 *
 * @throws FleuronError "engine-unknown", "platform-unsupported", "program-missing", "program-failed", "library-unfit",
 * "engine-check-failed", "option-invalid", `disk-full`, `folder-unwritable`, `download-…`; `signal.reason`.
 */
export async function* installEngine(
  options: InstallEngineOptions,
): AsyncGenerator<WorkEvent, InstalledEngine> {
  requireKnown(options.name);
  if (options.name !== "webgpu") return yield* installTensorflow(options);
  if (options.from !== undefined) {
    throw optionError("option-invalid", "The engine webgpu is npm's: it is made from no other file.", {
      subject: "from",
      hint: "Leave `from` out.",
    });
  }
  const { installWebgpu } = await import("../webgpu/install.js");
  return yield* installWebgpu(options);
}

/**
 * Deletes an installed engine and returns the folder that it had.
 *
 * @throws FleuronError "engine-unknown", "engine-not-installed", `folder-unwritable`.
 */
export async function removeEngine(options: {
  readonly name: string;
  readonly folder?: string | undefined;
}): Promise<string> {
  requireKnown(options.name);
  if (options.name !== "webgpu") return removeTensorflow(options);
  return removeInstallation("webgpu", installationOf(options.folder).folder);
}

function requireKnown(name: string): void {
  if (names.includes(name)) return;
  throw installError("engine-unknown", `There is no engine '${name}' to install or remove.`, {
    subject: name,
    hint: `Engines: ${names.join(", ")}.`,
  });
}
