export { fillDropoutMask } from "./dropout-mask.js";
export type { RandomErrorCode } from "./errors.js";
export { permutation } from "./permutation.js";
export { RANDOM_PURPOSES, type RandomPurpose } from "./purposes.js";
export { type RandomStream, randomStream } from "./stream.js";
