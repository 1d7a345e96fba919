// An entry of the package by itself, which loads nothing else: a command line reads it before it knows what is to be done.
export { type LoopSettings, loopOptions } from "./loop-options.js";
export {
  checkOptions,
  type Option,
  type OptionRecord,
  type OptionsOf,
  optionEntries,
  pickOptions,
  type ResumeOptions,
  resumeOptionsOf,
  type Settled,
  withDefaults,
} from "./option.js";
export {
  type CheckpointInterval,
  checkpointInterval,
  flag,
  oneOf,
  path,
  paths,
  positiveInteger,
  positiveNumber,
  seconds,
  seed,
  share,
  signal,
  threads,
  type ValueKind,
  type ValueType,
} from "./value-kind.js";
