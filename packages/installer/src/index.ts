export { requireAgreement } from "./agreement.js";
export { damageOf, fileLengths } from "./cuda-parts.js";
export { engineFolder, installCommand, markerIn } from "./engine-folder.js";
export type { EngineInstaller, FillOptions, InstalledModule } from "./engine-installer.js";
export {
  type EngineContents,
  type EngineMarker,
  readEngineMarker,
  writeEngineMarker,
} from "./engine-marker.js";
export { type EngineInstallErrorCode, installError } from "./errors.js";
export { type InstalledEngine, type InstallOptions, install } from "./install.js";
export { deviceFound, lookAtMeasured, measuredSuitability } from "./measured.js";
export { installNpmPackage, requireNpm } from "./npm-package.js";
export { remove } from "./remove.js";
export { type StepTimes, stepTimes } from "./step-times.js";
export { tryEngine } from "./try-engine.js";
export { fetchWheel } from "./wheels/fetch-wheel.js";
export { unpackWheel } from "./wheels/unpack-wheel.js";
export { type LibraryWheel, libraryWheel } from "./wheels/wheel.js";
