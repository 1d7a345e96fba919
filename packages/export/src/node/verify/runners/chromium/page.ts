// The page's own half: a module that the browser loads. It finds onnxruntime-web and the bundle on its server.
import type { ModelSignature } from "@fleuron/model";
import type * as Ort from "onnxruntime-web/webgpu";

export type BrowserProvider = "wasm" | "webgpu";

export interface OpenRequest {
  /** The address of onnxruntime-web's module. */
  readonly script: string;
  readonly model: string;
  readonly externalData: readonly { readonly path: string; readonly url: string }[];
  readonly provider: BrowserProvider;
  readonly threads: number;
}

export interface RunRequest {
  readonly input: string;
  readonly output: string;
  readonly type: "float32" | "uint8";
  readonly shape: readonly number[];
}

/** Called by the runner; one model at a time. */
export interface VerificationPage {
  open(request: OpenRequest): Promise<ModelSignature>;
  /** Fetches the images of the batch from the server. */
  run(
    request: RunRequest,
  ): Promise<{ readonly probabilities: readonly number[]; readonly milliseconds: number }>;
  /** Undefined without an adapter. */
  adapter(): Promise<{ readonly software: boolean } | undefined>;
}

declare const window: {
  verification: VerificationPage;
  navigator: { gpu?: { requestAdapter(): Promise<{ readonly info: AdapterInfo } | null> } };
};

interface AdapterInfo {
  readonly architecture: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

let ort: typeof Ort;
let session: Ort.InferenceSession;

window.verification = {
  async open({ script, model, externalData, provider, threads }) {
    ort = await import(script);
    ort.env.wasm.numThreads = threads;
    session = await ort.InferenceSession.create(model, {
      executionProviders: [provider],
      externalData: externalData.map(({ path, url }) => ({ path, data: url })),
    });
    const { inputMetadata, outputMetadata } = session;
    return { inputMetadata, outputMetadata };
  },

  async run({ input, output, type, shape }) {
    const images = await (await fetch("/input")).arrayBuffer();
    const data = type === "uint8" ? new Uint8Array(images) : new Float32Array(images);
    const began = performance.now();
    const results = await session.run({ [input]: new ort.Tensor(type, data, shape) });
    const probabilities = (await results[output]!.getData()) as Float32Array;
    return { probabilities: Array.from(probabilities), milliseconds: performance.now() - began };
  },

  async adapter() {
    const adapter = await window.navigator.gpu?.requestAdapter();
    if (!adapter) return undefined;
    const { architecture, description, isFallbackAdapter = false } = adapter.info;
    return { software: isFallbackAdapter || /swiftshader|llvmpipe/i.test(`${architecture} ${description}`) };
  },
};
