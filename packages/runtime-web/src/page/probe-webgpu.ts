/** Milliseconds; a browser whose GPU process hangs may never answer. */
const PATIENCE = 5_000;

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render/i;

/**
 * Whether WebGPU works here: `navigator.gpu` alone proves nothing.
 * @param software whether an adapter will do that emulates a GPU on the CPU.
 * @returns undefined if it does, else why not, as half a sentence.
 */
export async function webgpuProblem(software: boolean): Promise<string | undefined> {
  if (!isSecureContext) return "the page is not served over https";
  const { gpu } = navigator as Partial<Navigator>;
  if (!gpu) return "this browser has no WebGPU";
  const timeout = new Promise<"timeout">((resolve) => setTimeout(resolve, PATIENCE, "timeout"));
  const adapter = await Promise.race([gpu.requestAdapter().catch(String), timeout]);
  if (adapter === "timeout") return `the browser did not name a GPU within ${PATIENCE} ms`;
  if (typeof adapter === "string") return `the browser named no GPU: ${adapter}`;
  if (!adapter) return "the browser has no GPU that it lets pages use";
  return !software && isSoftware(adapter)
    ? "the GPU is emulated on the CPU, where WASM is faster"
    : undefined;
}

function isSoftware({ info }: GPUAdapter): boolean {
  const { isFallbackAdapter, vendor, architecture, device, description } = info;
  return isFallbackAdapter || SOFTWARE.test([vendor, architecture, device, description].join(" "));
}
