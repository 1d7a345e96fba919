// An entry of the package by itself, which loads nothing else: what a command line must know.
export { checkDatasetOptions } from "./check-dataset-options.js";
export { makeDrawnOptions } from "./make-drawn-options.js";
export { splitOptions } from "./split-options.js";
