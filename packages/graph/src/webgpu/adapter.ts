// What is known of a device's adapter.
import { type ProductForm, type ProductSize, unmeasuredForm } from "./kernels/product-form.js";

/** Whether a processor plays the GPU. */
export function isEmulated({
  isFallbackAdapter,
  vendor,
  architecture,
  device,
  description,
}: GPUAdapterInfo): boolean {
  // Dawn knows SwiftShader; Mesa's llvmpipe says what it is.
  const words = [vendor, architecture, device, description].join(" ");
  return isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(words);
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
