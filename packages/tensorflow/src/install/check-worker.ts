// One training step of a small AlexNet on the new engine and on onnx-cpu.

import { answerParent } from "@fleuron/machine";
import { disagreement } from "@fleuron/training";
import { loadTensorflow } from "../engine/load-tensorflow.js";
import { versionsOf } from "../engine/tensorflow.js";
import { TensorflowEngine } from "../engine/tensorflow-engine.js";
import type { EngineCheck, EngineCheckOptions } from "./check-engine.js";
import { installError } from "./errors.js";
import { referenceEngine } from "./reference-engine.js";

await answerParent(async ({ folder, npmPackage }: EngineCheckOptions): Promise<EngineCheck> => {
  const tensorflow = loadTensorflow(folder, npmPackage);
  const versions = versionsOf(tensorflow, npmPackage);
  const difference = await disagreement(
    (plan) => {
      const description = { engine: npmPackage, precision: plan.precision, threads: 0, versions };
      return TensorflowEngine.open(plan, tensorflow, description);
    },
    async (plan) => referenceEngine(plan),
  );
  if (difference !== undefined) {
    throw installError("engine-check-failed", `The new engine computes something else: ${difference}.`, {
      subject: folder,
      hint: "It was not kept. Without `from`, the libtensorflow that it is built for is used.",
    });
  }
  return { versions, triedOn: tensorflow.backend().isUsingGpuDevice ? "gpu" : "processor" };
});
