// An entry of the package by itself, which loads nothing else: a command line reads it before it knows what is to be done.
export { type LoopSettings, loopOptions } from "./loop-options.js";
