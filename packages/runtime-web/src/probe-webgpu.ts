/** Milliseconds; a browser whose GPU process hangs may never answer. */
const PATIENCE = 10_000;

/**
 * Whether WebGPU works here, by asking for a device: `navigator.gpu` alone proves nothing, and onnxruntime waits for
 * ever for a device that it does not get.
 * @param objection to an adapter that is there, as half a sentence. Default: none.
 * @returns undefined if it works, else why not, as half a sentence.
 */
export function webgpuProblem(objection?: (adapter: GPUAdapter) => string | undefined) {
  const timeout = new Promise<string>((resolve) => setTimeout(resolve, PATIENCE, "the GPU does not answer"));
  return Promise.race([problem(objection).catch(String), timeout]);
}

async function problem(objection?: (adapter: GPUAdapter) => string | undefined): Promise<string | undefined> {
  if (!isSecureContext) return "the page is not served over https";
  const { gpu } = navigator as Partial<Navigator>;
  if (!gpu) return "this browser has no WebGPU";
  const adapter = await gpu.requestAdapter();
  if (!adapter) return "the browser has no GPU that it lets pages use";
  const objected = objection?.(adapter);
  if (objected !== undefined) return objected;
  (await adapter.requestDevice()).destroy();
  return undefined;
}
