import { threadCount } from "@fleuron/files";
import { type InstalledModule, measuredSuitability, readEngineMarker } from "@fleuron/installer";
import { nvidiaGpu, thisMachine } from "@fleuron/machine";
import { shownPrecision } from "@fleuron/tensorflow";
import { requireWorking, trainerError } from "@fleuron/training";
import { INSTALL, installationOf, NAME } from "../onnx-cuda/installation.js";
import { onnxCudaInstaller } from "../onnx-cuda/installer.js";
import { findCudaDevice, lookAtOnnxCuda } from "../onnx-cuda/look.js";

/** onnxruntime on a GPU of NVIDIA: installed by `fleuron engine install onnx-cuda`. */
export const onnxCuda: InstalledModule = {
  name: NAME,
  precisions: ["float32"],
  setUp: INSTALL,
  installer: onnxCudaInstaller,
  ownProcess: { logVariable: "CUDA_LOG_FILE" },
  ownMemory: true,
  async suits({ engines }) {
    return measuredSuitability(await readEngineMarker(installationOf(engines).marker), 27);
  },
  probe: lookAtOnnxCuda,
  findDevice: findCudaDevice,
  async create(plan, { threads: asked, deterministic = false } = {}) {
    if (deterministic) throw doesNotRepeat();
    const machine = thisMachine();
    requireWorking(NAME, await lookAtOnnxCuda(machine));
    const installation = installationOf();
    const [{ loadOnnxruntime }, { openOnnxCudaEngine }] = await Promise.all([
      import("../onnx-cuda/load.js"),
      import("../onnx-cuda/open-engine.js"),
    ]);
    return openOnnxCudaEngine(plan, {
      runtime: loadOnnxruntime(installation),
      threads: threadCount(asked),
      versions: (await readEngineMarker(installation.marker))?.versions ?? {},
      precision: shownPrecision(plan.precision, (await nvidiaGpu(machine))?.capability),
    });
  },
};

const doesNotRepeat = () =>
  trainerError("engine-unavailable", `The engine ${NAME} does not repeat bit for bit.`, {
    subject: "deterministic",
    hint: "Leave `deterministic` out, or use `engine` onnx-cpu.",
  });
