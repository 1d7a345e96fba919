export type { EngineInstallErrorCode } from "./errors.js";
export { type InstallEngineOptions, type InstalledEngine, installEngine } from "./install-engine.js";
export { removeEngine } from "./remove-engine.js";
