export { installCommand, lookAtInstallation } from "./installation.js";
export { lookAtMachine } from "./machine.js";
export { lookAtGpu } from "./nvidia.js";
export { lookAtPrograms } from "./programs.js";
