import { answerParent } from "../child/run-in-child.js";
import { loadTensorflow } from "../engines/tensorflow/load-tensorflow.js";
import { versionsOf } from "../engines/tensorflow/tensorflow.js";
import type { EngineCheck, EngineCheckOptions } from "./check-engine.js";

await answerParent(async ({ folder, npmPackage }: EngineCheckOptions): Promise<EngineCheck> => {
  const tensorflow = loadTensorflow(folder, npmPackage);
  return { versions: versionsOf(tensorflow, npmPackage) };
});
