// An entry of the package by itself, which loads no engine and no photos: what a command line must know.
export { checkDatasetOptions, makeDrawnOptions } from "@fleuron/photos/options";
export {
  evaluateOptions,
  predictOptions,
  predictToFileOptions,
  reportOptions,
  trainedRunOptions,
} from "./run-options.js";
export { resumeOptions, trainOptions } from "./train-options.js";
