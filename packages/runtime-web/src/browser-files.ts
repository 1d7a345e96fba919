// Where the files lie that a page loads beside its own code. Each address is written out, so that bundlers see it.
import type { ExecutionProvider } from "./page/options.js";

interface BrowserFiles {
  /** Names, for those who serve the files from a folder of their own. */
  readonly worker: string;
  /** The file that the script needs. */
  readonly wasm?: string;
  /** Beside this package's code. */
  readonly workerUrl: () => URL;
  readonly wasmUrl?: () => URL;
}

/** By what runs first. Only those that compute by onnxruntime need a `.wasm`. The build for WebGPU has WASM in it too; the one for WASM is half as large. */
export const browserFiles: Readonly<Record<ExecutionProvider, BrowserFiles>> = {
  kernels: {
    worker: "fleuron-kernels.js",
    workerUrl: () => new URL("./fleuron-kernels.js", import.meta.url),
  },
  wasm: {
    worker: "fleuron-wasm.js",
    wasm: "ort-wasm-simd-threaded.wasm",
    workerUrl: () => new URL("./fleuron-wasm.js", import.meta.url),
    wasmUrl: () => new URL("./ort-wasm-simd-threaded.wasm", import.meta.url),
  },
  webgpu: {
    worker: "fleuron-webgpu.js",
    wasm: "ort-wasm-simd-threaded.asyncify.wasm",
    workerUrl: () => new URL("./fleuron-webgpu.js", import.meta.url),
    wasmUrl: () => new URL("./ort-wasm-simd-threaded.asyncify.wasm", import.meta.url),
  },
};
