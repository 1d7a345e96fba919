import { precisions } from "../../plan.js";
import { installCommand, lookAtInstallation } from "../doctor/look/index.js";
import { installableEngines } from "../engine-install/installable.js";
import type { EngineModule } from "./engine-module.js";
import { createTensorflowEngine } from "./tensorflow/create.js";

const engine = installableEngines["tfjs-node"];

/** TensorFlow on the processor, through tfjs-node: installed by `fleuron engine install tfjs-node`. */
export const tfjsNode: EngineModule = {
  name: engine.name,
  precisions,
  setUp: installCommand(engine.name),
  probe: (surroundings) => lookAtInstallation(engine, surroundings),
  create: (plan, options) => createTensorflowEngine(engine, plan, options),
};
