import type { BundleFile } from "@fleuron/model";

/** The `.wasm` of this worker's build of onnxruntime-web: written in by `scripts/build-browser-files.mjs`. */
declare const WASM_FILE: BundleFile;

export const wasmFile: BundleFile = WASM_FILE;
