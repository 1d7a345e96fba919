export { installCommand, lookAtInstallation } from "./installation.js";
export { lookAtMachine } from "./machine.js";
export { computeCapability, lookAtGpu, requiredGpu } from "./nvidia.js";
export { lookAtPrograms } from "./programs.js";
