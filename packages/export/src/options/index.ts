// An entry of the package by itself, which loads nothing else: what a command line must know.
import { bundleFormats, bundlePrecisions } from "@fleuron/model";
import { flag, listOf, type OptionRecord, oneOf, path, signal, threads } from "@fleuron/model/options";

export const writeBundleOptions = {
  /** "all" leaves out, with a warning, the storage precisions that a format lacks. */
  format: {
    takes: oneOf([...bundleFormats, "all"], "Formats"),
    default: "onnx",
    value: "name",
    help: `${bundleFormats.join(", ")} or all`,
  },
  precisions: {
    takes: listOf(bundlePrecisions, "Precisions"),
    default: ["float32"],
    value: "list",
    help: `storage precisions of the weights, comma-separated: ${bundlePrecisions.join(", ")}`,
  },
  /** A page then holds the weights twice while it opens the model. */
  singleFile: {
    takes: flag,
    default: false,
    help: "keep the weights of an ONNX model in its own file, for programs that open one file only",
  },
  /** "bytes": the model takes pixels from 0 to 255 at the network's size, and holds mean, standard deviation and layout itself. */
  input: {
    takes: oneOf(["image", "bytes"], "Inputs"),
    default: "image",
    value: "kind",
    help: "what an ONNX model takes: image, as preprocessing makes it; or bytes, pixels that it normalises itself",
  },
  /** Where the bundle goes. A bundle of the same weights that is there gets the models added, or replaced. */
  folder: { takes: path, required: true },
  /** Replaces a folder that holds anything else. */
  force: { takes: flag, default: false, help: "replace everything in the bundle's folder" },
} as const satisfies OptionRecord;

export const writeTransformersOptions = {
  precisions: writeBundleOptions.precisions,
  /** A folder that is not there yet. */
  folder: { takes: path, required: true },
} as const satisfies OptionRecord;

export const measureBundleOptions = {
  bundle: { takes: path, required: true },
  /** How many onnxruntime has. Default: one per core. */
  threads: { takes: threads },
  signal: { takes: signal },
} as const satisfies OptionRecord;

export const verifyBundleOptions = {
  bundle: { takes: path, required: true },
  /** Whether ONNX models are run in Chromium too, on WebAssembly and on WebGPU. */
  browser: { takes: flag, default: false, help: "run ONNX models in Chromium too" },
} as const satisfies OptionRecord;
