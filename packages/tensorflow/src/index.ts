export { setEnvironment } from "./engine/environment.js";
export { shownPrecision } from "./engine/gpu-precision.js";
export { tensorflowModule } from "./engine/tensorflow-module.js";
export { installableEngines } from "./install/installable.js";
export { lookAtInstallation } from "./look/installation.js";
