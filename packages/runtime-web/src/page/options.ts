import { type BundlePrecision, bundlePrecisions } from "@fleuron/model";
import { runtimeError } from "../errors.js";
import type { ClassifierWarningEvent, DownloadProgressEvent } from "../events.js";

/** Kernels of our own on WebGPU, without onnxruntime; onnxruntime on WebGPU; onnxruntime on WASM. */
export const executionProviders = ["kernels", "webgpu", "wasm"] as const;
export type ExecutionProvider = (typeof executionProviders)[number];

export interface LoadOptions {
  /**
   * What may compute, in order of preference. Default "auto": where there is a real GPU kernels of our own, which need no
   * onnxruntime and a bundle with a sample to check them by, else its WebGPU; else its WASM. `["kernels"]` and
   * `["webgpu"]` take a GPU that is emulated in software, too.
   */
  readonly executionProviders?: "auto" | readonly ExecutionProvider[];
  /**
   * Which of the bundle's files to load. All of them compute in float32, they differ in size and by rounding.
   * Default "auto": the smallest that the manifest says is as accurate as what was trained, to half a point; else float16, float32, int8,
   * int4. On a device with at most 2 GiB of memory or with data saving switched on the smallest of all.
   */
  readonly precision?: "auto" | BundlePrecision;
  /** Ends the load and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Bytes of everything that is loaded: `completed` never falls and ends at `total`. */
  readonly onProgress?: (event: DownloadProgressEvent) => void;
  /** What works otherwise than one would wish, during the load and later. Default: nothing is called. */
  readonly onWarning?: (event: ClassifierWarningEvent) => void;
  /** Whether files are kept in Cache Storage for the next visit. Default true. */
  readonly cache?: boolean;
  /**
   * Whether the classifier has a worker of its own. Without one it computes where it is called. Default true, save where
   * none can be started: in Chromium's SharedWorkers.
   */
  readonly worker?: boolean;
  /** Threads of WASM. Default: one per core up to 4 in a cross-origin isolated page, else 1. */
  readonly threads?: number;
  /** Milliseconds without a byte after which a download is tried again. Default 30 000; `Infinity` for never. */
  readonly stallTimeout?: number;
  /**
   * Milliseconds that a step may take in which nothing is downloaded: starting the worker, opening the model, running
   * it for the first time (on WebGPU ten times as long, for then it compiles its shaders). Whatever stands still longer
   * is ended, and tried again with one thread, then on the next execution provider. Default 30 000;
   * `Infinity` for never.
   */
  readonly stepTimeout?: number;
  /** The folder of `fleuron-kernels.js`, `fleuron-webgpu.js` and `fleuron-wasm.js`. Default: where this module lies. */
  readonly workerBaseUrl?: string | URL;
  /** The folder of onnxruntime's `.wasm` files. Default: where this module lies. */
  readonly wasmBaseUrl?: string | URL;
}

/** @throws FleuronError "option-invalid" that names the option. */
export function validateOptions(options: LoadOptions): void {
  const { executionProviders: providers = "auto", precision = "auto" } = options;
  const known: readonly string[] = executionProviders;
  const isList = Array.isArray(providers) && providers.length > 0;
  if (providers !== "auto" && !(isList && providers.every((name) => known.includes(name)))) {
    throw invalid("executionProviders", `must be "auto" or a list of ${quoted(known)}`, providers);
  }
  if (precision !== "auto" && !bundlePrecisions.includes(precision)) {
    throw invalid("precision", `must be one of ${quoted(["auto", ...bundlePrecisions])}`, precision);
  }
  requirePositiveInteger("threads", options.threads);
  for (const name of ["stallTimeout", "stepTimeout"] as const) {
    if (options[name] !== Infinity) requirePositiveInteger(name, options[name]);
  }
}

/** @throws FleuronError "option-invalid" unless the value is absent or a positive whole number. */
export function requirePositiveInteger(option: string, value: number | undefined): void {
  if (value === undefined || (Number.isInteger(value) && value > 0)) return;
  throw invalid(option, "must be a positive whole number", value);
}

const quoted = (names: readonly string[]) => `"${names.join('", "')}"`;

const invalid = (option: string, wanted: string, value: unknown) =>
  runtimeError("option-invalid", `'${option}' ${wanted}, but is ${shown(value)}.`, { subject: option });

/** JSON has neither NaN nor Infinity. */
const shown = (value: unknown) => (typeof value === "number" ? value : JSON.stringify(value));
