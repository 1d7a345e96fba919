export { installCommand, lookAtInstallation } from "./installation.js";
export { lookAtMachine } from "./machine.js";
export { COMPILED_FROM, computeCapability, lookAtGpu, requiredGpu } from "./nvidia.js";
export { lookAtPrograms } from "./programs.js";
