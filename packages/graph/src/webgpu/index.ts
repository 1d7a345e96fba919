export { isEmulated, openDevice } from "./adapter.js";
export type { Kernel, KernelTensor } from "./kernel.js";
export type { ProductForm, ProductSize, Tile } from "./kernels/product-form.js";
export type { ChooseForm, Lowering } from "./lowering.js";
export { webgpuLowerings } from "./operations/index.js";
export type { Packing } from "./packing.js";
export { compileProgram, type Program, type ProgramOptions } from "./program.js";
export { type TileStore, tunedProducts } from "./tune.js";
export { DeviceVariables, type VariableEntry } from "./variables.js";
