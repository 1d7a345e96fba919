import { loadTensorflow } from "../engines/tensorflow/load-tensorflow.js";
import { versionsOf } from "../engines/tensorflow/tensorflow.js";
import type { EngineCheck } from "./check-engine.js";

const [folder, npmPackage] = process.argv.slice(2);
const check: EngineCheck = { versions: versionsOf(loadTensorflow(folder, npmPackage), npmPackage) };
process.send?.(check);
