// One training step of a small AlexNet on the new engine and on onnx-cpu.

import { requireAgreement } from "@fleuron/installer";
import { answerParent } from "@fleuron/machine";
import { loadTensorflow } from "../engine/load-tensorflow.js";
import { versionsOf } from "../engine/tensorflow.js";
import { TensorflowEngine } from "../engine/tensorflow-engine.js";
import { CHECK_HINT, type EngineCheck, type EngineCheckOptions } from "./check-engine.js";
import { referenceEngine } from "./reference-engine.js";

await answerParent(async ({ folder, npmPackage }: EngineCheckOptions): Promise<EngineCheck> => {
  const tensorflow = loadTensorflow(folder, npmPackage);
  const versions = versionsOf(tensorflow, npmPackage);
  await requireAgreement(
    (plan) => {
      const description = { engine: npmPackage, precision: plan.precision, threads: 0, versions };
      return TensorflowEngine.open(plan, tensorflow, description);
    },
    async (plan) => referenceEngine(plan),
    { folder, hint: CHECK_HINT },
  );
  return { versions, triedOn: tensorflow.backend().isUsingGpuDevice ? "gpu" : "processor" };
});
