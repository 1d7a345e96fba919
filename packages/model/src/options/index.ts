// An entry of the package by itself, which loads nothing else: a command line reads it before it knows what is to be done.
export { type OptionErrorCode, optionError } from "./errors.js";
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
  atLeast,
  type CheckpointInterval,
  checkpointInterval,
  flag,
  listOf,
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
  written,
} from "./value-kind.js";
