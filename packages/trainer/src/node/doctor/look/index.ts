export { lookAtInstallation } from "./installation.js";
export { lookAtMachine } from "./machine.js";
export { lookAtCuda, lookAtGpu } from "./nvidia.js";
export { lookAtPrograms } from "./programs.js";
