export { FleuronError, type FleuronErrorData, type FleuronErrorOptions } from "./errors.js";
