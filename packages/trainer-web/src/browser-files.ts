// Where the files lie that a page loads beside its own code. Each address is written out, so that bundlers see it.
export const browserFiles = {
  "fleuron-trainer.js": () => new URL("./fleuron-trainer.js", import.meta.url),
  "fleuron-importer.js": () => new URL("./fleuron-importer.js", import.meta.url),
  "ort-wasm-simd-threaded.wasm": () => new URL("./ort-wasm-simd-threaded.wasm", import.meta.url),
} as const;
