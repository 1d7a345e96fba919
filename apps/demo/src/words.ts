// Numbers and names as the page writes them, the same in every locale.
import type { BundlePrecision } from "@fleuron/model";
import type { ExecutionProvider } from "@fleuron/runtime-web";

const grouped = new Intl.NumberFormat("en-US");
const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

export const count = (value: number): string => grouped.format(value);

export const counted = (value: number, unit: string): string =>
  `${count(value)} ${unit}${value === 1 ? "" : "s"}`;

/** A share from 0 to 1 as `89.3%`; what is not quite 0 or 1 does not look it. */
export function percent(share: number): string {
  const shown = (share * 100).toFixed(1);
  if (shown === "100.0" && share < 1) return "> 99.9%";
  if (shown === "0.0" && share > 0) return "< 0.1%";
  return `${shown}%`;
}

/** 10⁶ bytes, as the command line has it. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** `0.8 ms`, `36 ms`, `1.24 s`. */
export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export const date = (time: Date): string => dates.format(time);

export const providerNames: Readonly<Record<ExecutionProvider, string>> = {
  webgpu: "WebGPU",
  wasm: "WebAssembly",
};

export const precisionNames: Readonly<Record<BundlePrecision, string>> = {
  float32: "float32",
  float16: "float16",
  int8: "int8",
  int4: "int4",
};
