export { setEnvironment } from "./engine/environment.js";
export { shownPrecision } from "./engine/gpu-precision.js";
export { tensorflowModule } from "./engine/tensorflow-module.js";
export { readEngineMarker, writeEngineMarker } from "./install/engine-marker.js";
export { type EngineInstallErrorCode, installError } from "./install/errors.js";
export {
  type InstallEngineOptions,
  type InstalledEngine,
  installEngine,
  requireRoom,
  sweepInstallations,
} from "./install/install-engine.js";
export { installableEngine, installableEngines, installableNames } from "./install/installable.js";
export { installNpmPackage, requireNpm } from "./install/npm-package.js";
export { removeEngine, removeInstallation } from "./install/remove-engine.js";
export { installCommand, lookAtInstallation } from "./look/installation.js";
