import { isEmulatedGpu } from "@fleuron/model";

/** Why a GPU that is emulated is not worth taking, as half a sentence; undefined for a real one. */
export function softwareObjection({ info }: GPUAdapter): string | undefined {
  const { isFallbackAdapter, vendor, architecture, device, description } = info;
  const software = isFallbackAdapter || isEmulatedGpu([vendor, architecture, device, description].join(" "));
  return software ? "the GPU is emulated on the CPU, where WASM is faster" : undefined;
}
