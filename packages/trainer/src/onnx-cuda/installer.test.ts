import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { install, type LibraryWheel, type StepTimes } from "@fleuron/installer";
import { fakeMachine } from "@fleuron/installer/fixtures";
import { follow, startStaticServer, zipOf } from "@fleuron/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { installationOf } from "./installation.js";
import { onnxCudaInstallerOf } from "./installer.js";

let machine: Awaited<ReturnType<typeof fakeMachine>>;
let server: Awaited<ReturnType<typeof startStaticServer>>;
let times: StepTimes | null;

/** A wheel of PyPI, with files that are needed and some that are not. */
const archives = {
  provider: zipOf({
    "onnxruntime/capi/libonnxruntime_providers_cuda.so": "cuda",
    "onnxruntime/capi/libonnxruntime_providers_shared.so": "shared",
    "onnxruntime/capi/libonnxruntime_providers_tensorrt.so": "no",
    "onnxruntime/__init__.py": "no",
  }),
  cuda_runtime: zipOf({ "nvidia/cu13/lib/libcudart.so.13": "cudart", "nvidia/cu13/include/cuda.h": "no" }),
};

function wheel(name: keyof typeof archives, version: string): LibraryWheel {
  const bytes = archives[name];
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = { name: `${name}.whl`, urls: [`${server.url}/${name}.whl`], bytes: bytes.length, sha256 };
  return { project: name, version, file };
}

let providerVersion = "1.30.0";

beforeEach(async () => {
  machine = await fakeMachine();
  const files = Object.entries(archives).map(([name, bytes]) => [`/${name}.whl`, bytes]);
  server = await startStaticServer({ files: Object.fromEntries(files) });
  vi.stubEnv("PATH", machine.path("bin"));
  vi.stubEnv("LD_LIBRARY_PATH", machine.path("lib"));
  times = null;
  providerVersion = "1.30.0";
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await machine[Symbol.asyncDispose]();
});

function installHere() {
  const installer = onnxCudaInstallerOf({
    providerWheel: wheel("provider", providerVersion),
    cudaWheels: { cuda_runtime: wheel("cuda_runtime", "13.5") },
    // biome-ignore lint/correctness/useYield: it tells nothing.
    tryEngine: async function* () {
      return times;
    },
  });
  return follow(install(installer, { folder: machine.surroundings.engines }));
}

it("puts the provider beside a copy of onnxruntime-node, and CUDA by its parts", async () => {
  const { events, result } = await installHere();
  const { npmPackage, providers, cuda } = installationOf(machine.surroundings.engines);
  expect((await readdir(providers)).sort()).toEqual([
    "libonnxruntime.so.1",
    "libonnxruntime_providers_cuda.so",
    "libonnxruntime_providers_shared.so",
    "onnxruntime_binding.node",
  ]);
  const { version } = JSON.parse(await readFile(join(npmPackage, "package.json"), "utf8"));
  expect(await readFile(join(cuda, "cuda_runtime/lib/libcudart.so.13"), "utf8")).toBe("cudart");
  expect(result).toMatchObject({
    engine: "onnx-cuda",
    versions: { "onnxruntime-node": version, cuda: "13.5" },
    cuda: { cuda_runtime: { version: "13.5", files: { "lib/libcudart.so.13": 6 } } },
    triedOn: "processor",
  });
  expect(result.measured).toBeUndefined();
  expect(events).toContainEqual({
    type: "warning",
    code: "gpu-untried",
    message:
      "The step was tried on the processor, and nothing on a GPU: NVIDIA GPU: none: there is no nvidia-smi on PATH.",
  });
});

it("keeps the times of the GPU that it was tried on", async () => {
  await machine.program("nvidia-smi", 'echo "NVIDIA A10, 580.54.15, 23028 MiB, 8.6"');
  await machine.file(machine.path("lib/libcuda.so.1"), "");
  times = { step: 10, onnxCpuStep: 90 };
  const { events, result } = await installHere();
  expect(events.filter(({ type }) => type === "warning")).toEqual([]);
  const device = "NVIDIA A10, 23028 MiB, compute capability 8.6, driver 580.54.15";
  expect(result).toMatchObject({ triedOn: "gpu", measured: { device, ...times } });
});

it("fetches no provider for another onnxruntime", async () => {
  providerVersion = "1.29.0";
  await expect(installHere()).rejects.toMatchObject({
    code: "library-unfit",
    message: "onnxruntime-node is 1.30.0, and the CUDA provider is for 1.29.0.",
  });
  expect(server.requests).toEqual([]);
});
