// What is known of a device's adapter.
import { isEmulatedGpu } from "@fleuron/model";
import { type ProductForm, type ProductSize, unmeasuredForm } from "./kernels/product-form.js";

/** Whether a processor plays the GPU. */
export function isEmulated({
  isFallbackAdapter,
  vendor,
  architecture,
  device,
  description,
}: GPUAdapterInfo): boolean {
  return isFallbackAdapter || isEmulatedGpu([vendor, architecture, device, description].join(" "));
}

/** The form of a product on that adapter, where nothing was measured. */
export const usualForm = (info: GPUAdapterInfo): ((size: ProductSize) => ProductForm) =>
  isEmulated(info) ? () => "blocks" : unmeasuredForm;

/** A device with all that its adapter allows of what limits a network. */
export function openDevice(
  adapter: GPUAdapter,
  descriptor: Omit<GPUDeviceDescriptor, "requiredLimits"> = {},
): Promise<GPUDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage } = adapter.limits;
  const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage };
  return adapter.requestDevice({ ...descriptor, requiredLimits });
}
