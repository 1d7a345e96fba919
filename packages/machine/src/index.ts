export { fasterInBfloat16 } from "./bfloat16.js";
export { convolutionForms } from "./convolution-forms.js";
export {
  COMPILED_FROM,
  type CudaNeeds,
  computeCapability,
  lookAtGpu,
  type NvidiaGpu,
  nvidiaGpu,
  requiredGpu,
} from "./cuda/nvidia.js";
export { enginesFolder } from "./engines-folder.js";
export type { MachineErrorCode } from "./errors.js";
export { lookAtMachine } from "./look-at-machine.js";
export { thisPlatform } from "./platform.js";
export { findCompiler } from "./programs/find-compiler.js";
export { lookAtPrograms } from "./programs/look-at-programs.js";
export { findProgram, runProgram } from "./programs/program.js";
export { answerParent, ChildFailure, type ChildOptions, runInChild } from "./programs/run-in-child.js";
export { thisMachine } from "./surroundings.js";
