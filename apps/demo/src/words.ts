// Times and names as the page writes them, the same in every locale.
import type { ExecutionProvider } from "@fleuron/runtime-web";

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

/** `0.8 ms`, `36 ms`, `1.24 s`. */
export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export const date = (time: Date): string => dates.format(time);

export const providerNames: Readonly<Record<ExecutionProvider, string>> = {
  kernels: "own kernels",
  webgpu: "WebGPU",
  wasm: "WebAssembly",
};
