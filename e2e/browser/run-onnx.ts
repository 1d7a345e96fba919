/** The browser's half of `openOnnxInChromium`: what its page does with either build of onnxruntime-web. */
import type * as Ort from "onnxruntime-web/wasm";

export interface PlainTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export interface RunOnnxRequest {
  readonly executionProvider: "wasm" | "webgpu";
  readonly inputs: Readonly<Record<string, PlainTensor>>;
}

declare global {
  interface Window {
    runOnnx(request: RunOnnxRequest): Promise<Record<string, Float32Array>>;
  }
}

export function offerRunOnnx(ort: Pick<typeof Ort, "env" | "InferenceSession" | "Tensor">): void {
  ort.env.wasm.numThreads = 1;
  window.runOnnx = async ({ executionProvider, inputs }) => {
    const session = await ort.InferenceSession.create("/model.onnx", {
      executionProviders: [executionProvider],
      // A node that WebGPU handed to the CPU would agree with the CPU and prove nothing.
      ...(executionProvider === "webgpu" && { extra: { session: { disable_cpu_ep_fallback: "1" } } }),
    });
    const feeds = Object.entries(inputs).map(
      ([name, { dims, data }]) => [name, new ort.Tensor("float32", data, dims)] as const,
    );
    const results = await session.run(Object.fromEntries(feeds));
    const outputs: Record<string, Float32Array> = {};
    for (const [name, tensor] of Object.entries(results)) {
      const data = await tensor.getData();
      if (!(data instanceof Float32Array)) throw new Error(`output ${name} is ${tensor.type}, not float32`);
      outputs[name] = data;
    }
    await session.release();
    return outputs;
  };
}
