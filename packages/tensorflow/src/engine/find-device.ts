// Whether TensorFlow finds a GPU that it can use: in a child, where it is loaded.

import { readEngineMarker } from "@fleuron/installer";
import { runInChild } from "@fleuron/machine";
import { bad, type Finding, good } from "@fleuron/training";
import type { InstallableEngine } from "../install/installable.js";
import { installationOf } from "../install/installation.js";
import type { DeviceQuestion } from "./device-worker.js";
import { GPU_ENVIRONMENT } from "./environment.js";

const TENSORFLOW_GPU = "TensorFlow's GPU";
const HINT = "See docs/gpu.md.";

/** @param engines the folder that engines lie in. */
export async function findDevice(engine: InstallableEngine, engines: string): Promise<Finding> {
  const { folder, marker } = installationOf(engine, engines);
  if ((await readEngineMarker(marker))?.triedOn === "gpu")
    return good(TENSORFLOW_GPU, "has been computed on");
  let log = "";
  const question: DeviceQuestion = { folder, npmPackage: engine.npmPackage };
  const found = runInChild<boolean>(new URL("./device-worker.js", import.meta.url), question, {
    // Warnings and errors: they say which library cannot be opened, and what the driver answers.
    env: { ...GPU_ENVIRONMENT, TF_CPP_MIN_LOG_LEVEL: "1" },
    onStderr: (text) => {
      log += text;
    },
  });
  const loaded = await found.catch((error: unknown) => String(error));
  if (loaded === true) return good(TENSORFLOW_GPU, "found");
  const words = lastComplaint(log) ?? (loaded === false ? "it says no more" : loaded);
  return bad(TENSORFLOW_GPU, `none that it can use: ${words}`, HINT, "no-usable-gpu");
}

/** The last complaint in lines such as "E0000 00:00:1795637330.350556 15027 cuda_platform.cc:52] failed call to cuInit: …". */
const lastComplaint = (log: string): string | undefined =>
  [...log.matchAll(/^[WE]\d{4}.*?\] (.*(?:cuInit|dlopen|CUDA|cuDNN|GPU).*)$/gim)]
    .at(-1)?.[1]
    ?.replace(/\.$/, "");
