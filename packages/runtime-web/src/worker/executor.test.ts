import { type BundleModel, type DescribedModel, notebookPreprocessing } from "@fleuron/model";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Execution } from "../messages.js";
import type { ExecutionProvider } from "../page/options.js";
import { Executor } from "./executor.js";
import type { OnnxRuntime } from "./onnxruntime.js";
import { SharedRuntime } from "./shared-runtime.js";
import { webgpuSupport } from "./webgpu-support.js";

const model: BundleModel = {
  format: "onnx",
  precision: "float32",
  input: { name: "image", layout: "NCHW", shape: ["batch", 3, 2, 2] },
  output: { name: "probabilities" },
  files: [
    { path: "onnx/model.onnx", bytes: 1, chunks: [] },
    { path: "onnx/model.onnx.data", bytes: 1, chunks: [] },
  ],
};
const described: DescribedModel = {
  manifest: {
    labels: ["aster", "bluebell"],
    preprocessing: { ...notebookPreprocessing, size: 2 },
    output: { kind: "probabilities", temperature: 1 },
  },
  model,
  subject: "onnx/model.onnx",
};
const inputMetadata = [{ name: "image", type: "float32", shape: ["batch", 3, 2, 2] }];
const outputMetadata = [{ name: "probabilities", type: "float32", shape: ["batch", 2] }];
const photo = new Float32Array(12);
/** Probabilities of both labels. */
const answer = (first: number) => Float32Array.of(first, 1 - first);

interface CreateOptions {
  readonly executionProviders: readonly [ExecutionProvider];
  readonly externalData: readonly { readonly path: string }[];
}

/** An onnxruntime of which a test says what each run does, the warm-ups included. */
class FakeRuntime {
  readonly created: { readonly provider: ExecutionProvider; readonly externalData: string[] }[] = [];
  released = 0;
  lose: (message: string) => void = () => undefined;
  /** Gives the probability of the first label. */
  run: (provider: ExecutionProvider, count: number) => Promise<number> = async () => 1;
  #runs = 0;

  get ort(): OnnxRuntime {
    const create = async (_: unknown, { executionProviders: [provider], externalData }: CreateOptions) => {
      this.created.push({
        provider,
        externalData: externalData.map(({ path }) => path),
      });
      const lost = new Promise((resolve) => {
        this.lose = (message) => resolve({ reason: "destroyed", message });
      });
      fake.env.webgpu.device = Promise.resolve({ lost });
      return {
        inputMetadata,
        outputMetadata,
        run: async () => {
          const first = await this.run(provider, ++this.#runs);
          return { probabilities: { getData: async () => answer(first) } };
        },
        release: async () => {
          this.released++;
        },
      };
    };
    const fake = {
      env: { webgpu: { device: undefined as unknown } },
      InferenceSession: { create },
      Tensor: class {},
    };
    return fake as unknown as OnnxRuntime;
  }
}

const wasm = { path: "ort.wasm", bytes: 1, chunks: [] };
let runtime: FakeRuntime;
/** No bytes are an ONNX file, of nothing. */
const files = vi.fn(async () => [new Uint8Array(0), new Uint8Array(0)]);
const problem = vi.fn(async (): Promise<string | undefined> => undefined);
const webgpu = { ...webgpuSupport, problem };
const onRecovery = vi.fn<(execution: Execution, reason: string) => void>();
beforeEach(() => {
  runtime = new FakeRuntime();
  files.mockClear();
  onRecovery.mockClear();
});

async function opened(...executionProviders: ExecutionProvider[]): Promise<Executor> {
  const executor = new Executor({
    runtime: new SharedRuntime(runtime.ort, wasm, webgpu),
    described,
    executionProviders,
    files,
    onRecovery,
  });
  await executor.open();
  return executor;
}

it("names external data from the model's own folder on, as the model does", async () => {
  await opened("wasm");
  expect(runtime.created).toEqual([{ provider: "wasm", externalData: ["model.onnx.data"] }]);
});

it("warms up before it is open", async () => {
  const runs: number[] = [];
  runtime.run = async (_, count) => runs.push(count);
  await opened("wasm");
  expect(runs).toEqual([1]);
});

it("takes the next provider when one cannot open the model", async () => {
  runtime.run = async (provider) => {
    if (provider === "webgpu") throw new Error("no such kernel");
    return 1;
  };
  const executor = await opened("webgpu", "wasm");
  expect(executor.execution).toEqual({
    executionProvider: "wasm",
    fallbacks: [{ executionProvider: "webgpu", reason: "it could not open the model: no such kernel" }],
  });
  expect(files).toHaveBeenCalledTimes(1);
});

it("takes the next provider when one gives what are no probabilities", async () => {
  runtime.run = async (provider) => (provider === "webgpu" ? Number.NaN : 1);
  const executor = await opened("webgpu", "wasm");
  expect(executor.execution).toEqual({
    executionProvider: "wasm",
    fallbacks: [{ executionProvider: "webgpu", reason: expect.stringContaining("not probabilities: NaN") }],
  });
  expect(runtime.released).toBe(1);
});

it("refuses a model that no provider can open, and tells memory from other causes", async () => {
  runtime.run = () => Promise.reject(new Error("no such kernel"));
  await expect(opened("wasm")).rejects.toMatchObject({ code: "model-unusable", subject: "onnx/model.onnx" });
  runtime.run = () => Promise.reject(new Error("std::bad_alloc"));
  await expect(opened("wasm")).rejects.toMatchObject({ code: "out-of-memory" });
});

describe("a run", () => {
  it("that fails with its device in place is not tried again, and poisons nothing", async () => {
    const executor = await opened("webgpu", "wasm");
    runtime.run = () => Promise.reject(new Error("shape"));
    await expect(executor.run(photo, 1)).rejects.toMatchObject({ code: "model-unusable" });
    runtime.run = async () => 0.7;
    expect(await executor.run(photo, 1)).toEqual(answer(0.7));
    expect(runtime.created).toHaveLength(1);
  });

  it("that gives what are no probabilities is an error that names the model", async () => {
    const executor = await opened("wasm");
    runtime.run = async () => Number.NaN;
    await expect(executor.run(photo, 1)).rejects.toMatchObject({
      code: "model-unusable",
      subject: "onnx/model.onnx",
    });
  });

  it("that gives fewer rows than there are photos is an error", async () => {
    const executor = await opened("wasm");
    await expect(executor.run(new Float32Array(24), 2)).rejects.toMatchObject({
      code: "model-unusable",
      message: "onnx/model.onnx gave 2 numbers instead of 2 × 2 (photos × labels).",
    });
  });

  it("that never ends because its device is lost is repeated on a new device", async () => {
    const executor = await opened("webgpu", "wasm");
    runtime.run = () => {
      runtime.run = async () => 0.9;
      runtime.lose("driver crashed");
      return new Promise(() => undefined);
    };
    expect(await executor.run(photo, 1)).toEqual(answer(0.9));
    expect(runtime.released).toBe(1);
    expect(onRecovery).toHaveBeenCalledExactlyOnceWith(
      { executionProvider: "webgpu", fallbacks: [] },
      "driver crashed",
    );
  });

  it("goes to the next provider when its device is lost twice", async () => {
    const executor = await opened("webgpu", "wasm");
    let runs = 0;
    runtime.run = async (provider) => {
      // Every second run on WebGPU is a warm-up.
      if (provider === "webgpu" && runs++ % 2 === 0) {
        runtime.lose("driver crashed");
        throw new Error("mapAsync failed");
      }
      return 0.5;
    };
    expect(await executor.run(photo, 1)).toEqual(answer(0.5));
    expect(executor.execution.executionProvider).toBe("wasm");
    expect(executor.execution.fallbacks).toEqual([
      { executionProvider: "webgpu", reason: "its device was lost twice: driver crashed" },
    ]);
  });

  it("does not ask onnxruntime for a device that the browser does not give", async () => {
    const executor = await opened("webgpu", "wasm");
    runtime.lose("unplugged");
    problem.mockResolvedValueOnce("the browser has no GPU");
    expect(await executor.run(photo, 1)).toEqual(answer(1));
    expect(runtime.created.map(({ provider }) => provider)).toEqual(["webgpu", "wasm"]);
  });

  it("opens the model anew after a recovery that failed", async () => {
    const executor = await opened("webgpu");
    runtime.lose("unplugged");
    files.mockRejectedValueOnce(new Error("offline"));
    await expect(executor.run(photo, 1)).rejects.toThrow("offline");
    expect(await executor.run(photo, 1)).toEqual(answer(1));
  });
});
