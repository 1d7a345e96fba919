// Photos as inputs of a network, made by threads while it computes.
export { type InputBatch, inputBatches } from "./input-batches.js";
export type { PhotoRead } from "./input-task.js";
