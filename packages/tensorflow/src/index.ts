export { setEnvironment } from "./engine/environment.js";
export { shownPrecision } from "./engine/gpu-precision.js";
export { tensorflowModule } from "./engine/tensorflow-module.js";
export { readEngineMarker, writeEngineMarker } from "./install/engine-marker.js";
export type { EngineInstallErrorCode } from "./install/errors.js";
export { type InstallEngineOptions, type InstalledEngine, installEngine } from "./install/install-engine.js";
export { installableEngine, installableEngines } from "./install/installable.js";
export { removeEngine } from "./install/remove-engine.js";
export { installCommand, lookAtInstallation } from "./look/installation.js";
