import * as ort from "onnxruntime-web/wasm";

const MOST_THREADS = 4;

export interface WasmRuntime {
  readonly runtime: typeof ort;
  readonly threads: number;
}

/** @param wanted threads: several round sums otherwise than one. Default: one per core, up to 4. */
export function wasmRuntime(
  wasmUrl: string,
  wanted = Math.min(MOST_THREADS, navigator.hardwareConcurrency),
): WasmRuntime {
  const threads = self.crossOriginIsolated ? wanted : 1;
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  return { runtime: ort, threads };
}
