/** Milliseconds; a browser whose GPU process hangs may never answer. */
const PATIENCE = 10_000;

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

/**
 * Whether WebGPU works here, by asking for a device: `navigator.gpu` alone proves nothing, and onnxruntime waits for
 * ever for a device that it does not get.
 * @param software whether an adapter will do that emulates a GPU on the CPU.
 * @returns undefined if it works, else why not, as half a sentence.
 */
export async function webgpuProblem(software: boolean): Promise<string | undefined> {
  const timeout = new Promise<string>((resolve) =>
    setTimeout(resolve, PATIENCE, `the browser gave no GPU within ${PATIENCE} ms`),
  );
  return Promise.race([problem(software).catch((cause) => `the browser gave no GPU: ${cause}`), timeout]);
}

async function problem(software: boolean): Promise<string | undefined> {
  if (!isSecureContext) return "the page is not served over https";
  const { gpu } = navigator as Partial<Navigator>;
  if (!gpu) return "this browser has no WebGPU";
  const adapter = await gpu.requestAdapter();
  if (!adapter) return "the browser has no GPU that it lets pages use";
  if (!software && isSoftware(adapter)) return "the GPU is emulated on the CPU, where WASM is faster";
  const device = await adapter.requestDevice();
  device.destroy();
  return undefined;
}

function isSoftware({ info }: GPUAdapter): boolean {
  const { isFallbackAdapter, vendor, architecture, device, description } = info;
  return isFallbackAdapter || SOFTWARE.test([vendor, architecture, device, description].join(" "));
}
