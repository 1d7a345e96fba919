// What the page does. These functions are sent to the browser as text: they may use their argument alone.
import type * as Ort from "onnxruntime-web/webgpu";

/** The page's, with what it keeps between two calls. */
declare const window: {
  ort: typeof Ort;
  session: Ort.InferenceSession;
  navigator: {
    gpu?: { requestAdapter(): Promise<{ readonly info: AdapterInfo } | null> };
  };
};

interface AdapterInfo {
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

export type BrowserProvider = "wasm" | "webgpu";

export interface OpenRequest {
  /** Of onnxruntime-web's module. */
  readonly script: string;
  readonly model: string;
  readonly externalData: readonly { readonly path: string; readonly url: string }[];
  readonly provider: BrowserProvider;
  readonly threads: number;
}

export async function openInPage(request: OpenRequest): Promise<void> {
  const { script, model, externalData, provider, threads } = request;
  const ort: typeof Ort = await import(script);
  ort.env.wasm.numThreads = threads;
  window.ort = ort;
  window.session = await ort.InferenceSession.create(model, {
    executionProviders: [provider],
    externalData: externalData.map(({ path, url }) => ({ path, data: url })),
  });
}

export interface RunRequest {
  readonly input: string;
  readonly output: string;
  readonly shape: readonly number[];
}

export async function runInPage({ input, output, shape }: RunRequest) {
  const images = new Float32Array(await (await fetch("/input")).arrayBuffer());
  const { ort, session } = window;
  const began = performance.now();
  const results = await session.run({ [input]: new ort.Tensor("float32", images, shape) });
  const data = await results[output].getData();
  return { probabilities: Array.from(data as Float32Array), milliseconds: performance.now() - began };
}

/** Undefined without an adapter. */
export async function adapterInPage(): Promise<{ readonly software: boolean } | undefined> {
  const adapter = await window.navigator.gpu?.requestAdapter();
  if (!adapter) return undefined;
  const { architecture, description, isFallbackAdapter = false } = adapter.info;
  return { software: isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${architecture} ${description}`) };
}
