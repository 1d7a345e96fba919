// What the engine needs, part by part, and whether its provider finds the GPU: in a child, where it is loaded.
import { existsSync } from "node:fs";
import path from "node:path";
import { damageOf, deviceFound, lookAtMeasured, readEngineMarker } from "@fleuron/installer";
import { nvidiaGpu, requiredGpu, runInChild } from "@fleuron/machine";
import { bad, type Finding, firstBad, good, type Surroundings } from "@fleuron/training";
import { CUDA_13 } from "./cuda-13.js";
import { INSTALL, installationOf, unsupported } from "./installation.js";
import { cudaWheels } from "./wheels.js";

const AGAIN = `${INSTALL} (it replaces what is there)`;
const PROVIDER = "libonnxruntime_providers_cuda.so";

/** What is there, until the first part that is missing; nothing is loaded. */
export async function lookAtOnnxCuda(surroundings: Surroundings): Promise<readonly Finding[]> {
  const why = unsupported(surroundings.platform);
  if (why !== undefined) return [bad("system", why, "The engine auto takes what works here.", "unsupported")];
  const gpu = await requiredGpu(surroundings, CUDA_13);
  if (firstBad(gpu) !== undefined) return gpu;
  const { folder, marker, providers, cuda } = installationOf(surroundings.engines);
  const installed = await readEngineMarker(marker);
  if (installed === undefined) return [...gpu, bad("installed", "no", INSTALL, "not-installed")];
  const untried = installed.triedOn === "gpu" ? "" : ", unverified: no GPU has computed with it";
  const findings = [...gpu, good("installed", `${folder}${untried}`), lookAtMeasured(installed)];
  if (!existsSync(path.join(providers, PROVIDER)))
    return [...findings, bad("CUDA provider", `${PROVIDER} is missing`, AGAIN)];
  const damage = await damageOf(Object.keys(cudaWheels), cuda, installed);
  if (damage !== undefined) return [...findings, bad("CUDA", damage, AGAIN)];
  return [...findings, good("CUDA", installed.versions.cuda ?? "unknown")];
}

/** The GPU, where onnxruntime can make a session on it. */
export async function findCudaDevice(surroundings: Surroundings): Promise<Finding> {
  const what = "onnxruntime's GPU";
  const { folder, marker } = installationOf(surroundings.engines);
  const device = (await nvidiaGpu(surroundings, CUDA_13))?.words ?? "none";
  let log = "";
  const failure = await runInChild<null>(
    new URL("./device-worker.js", import.meta.url),
    { folder },
    {
      onStderr: (text) => {
        log += text;
      },
    },
  ).catch((error: unknown) => String(error));
  if (failure === null) return deviceFound(what, device, await readEngineMarker(marker));
  const words = complaintIn(log) ?? complaintIn(failure) ?? failure;
  return bad(what, `none that it can use: ${words}`, "See docs/gpu.md.", "no-usable-gpu");
}

/** Why a library was not loaded, or what CUDA answered, as onnxruntime's long lines have it. */
export const complaintIn = (text: string): string | undefined =>
  (/ with error: (.+)/.exec(text) ?? /CUDA failure \d+: (.+?) ;/.exec(text))?.[1];
