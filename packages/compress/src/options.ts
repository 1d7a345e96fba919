// An entry of the package by itself, which loads nothing else: what a command line must know.
import {
  bytes,
  type OptionRecord,
  type OptionsOf,
  path,
  points,
  positiveInteger,
  signal,
  threads,
} from "@fleuron/model/options";

export const compressOptions = {
  run: { takes: path, required: true },
  data: {
    takes: path,
    value: "dir",
    help: "where the run's photos are now",
    defaultHelp: "where they were",
  },
  /** What the compact file may take on the wire, compressed by brotli. Default: 2 MB; this or `maxDrop`. */
  targetBytes: {
    takes: bytes,
    value: "size",
    help: "what the compact file may take on the wire, compressed by brotli",
    defaultHelp: "2MB",
  },
  /** In points of accuracy, on training photos that the search sets aside; this or `targetBytes`. */
  maxDrop: {
    takes: points,
    value: "points",
    help: "instead of a size: how many points of accuracy may be lost, on training photos that are set aside",
  },
  epochs: {
    takes: positiveInteger,
    default: 12,
    value: "n",
    help: "epochs of fine-tuning after the last cut; a quarter of them after those before",
  },
  /** The folder of the run that comes of it, which must be new. Where a search for it was stopped, it goes on. */
  out: { takes: path, required: true },
  threads: {
    takes: threads,
    value: "n",
    help: "compute threads; at most, and by default, one per core",
  },
  signal: { takes: signal },
} as const satisfies OptionRecord;

export type CompressOptions = OptionsOf<typeof compressOptions>;
