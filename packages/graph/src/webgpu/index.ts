export type { Kernel, KernelTensor } from "./kernel.js";
export type { Lowering } from "./lowering.js";
export { webgpuLowerings } from "./operations/index.js";
export { compileProgram, type Program, type ProgramOptions } from "./program.js";
export { DeviceVariables } from "./variables.js";
