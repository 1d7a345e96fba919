export type { Context, SignalSource, StopSignal } from "./context.js";
export { type CliErrorCode, EXIT, type ExitCode } from "./errors.js";
export { createProgram, run } from "./program.js";
export type { Output } from "./terminal/output.js";
