export { FleuronError, type FleuronErrorData, type FleuronErrorOptions } from "./errors.js";
export {
  fillDropoutMask,
  permutation,
  RANDOM_PURPOSES,
  type RandomErrorCode,
  type RandomPurpose,
  type RandomStream,
  randomStream,
} from "./random/index.js";
