// The table of engines. To add one: a file here and a line below. Nothing is loaded before it is asked for.
import type { InstalledModule } from "@fleuron/installer";
import { FleuronError } from "@fleuron/model";
import type { EngineModule } from "@fleuron/training";

/** An engine; with an installer, where a command installs it. */
export type TableEngine = EngineModule & Partial<Pick<InstalledModule, "installer">>;

const engines: { readonly [name: string]: () => Promise<TableEngine> } = {
  "tfjs-node-gpu": async () => (await import("./tfjs-node-gpu.js")).tfjsNodeGpu,
  "onnx-cuda": async () => (await import("./onnx-cuda.js")).onnxCuda,
  webgpu: async () => (await import("./webgpu.js")).webgpu,
  "tfjs-node": async () => (await import("./tfjs-node.js")).tfjsNode,
  "onnx-cpu": async () => (await import("./onnx-cpu.js")).onnxCpu,
};

export const engineNames = Object.keys(engines);

/** @throws FleuronError "engine-unknown". */
export async function loadEngine(name: string): Promise<TableEngine> {
  const load = Object.hasOwn(engines, name) ? engines[name] : undefined;
  if (load !== undefined) return load();
  throw new FleuronError("engine-unknown", `There is no engine '${name}'.`, {
    kind: "usage",
    subject: "engine",
    hint: `Engines: ${engineNames.join(", ")}.`,
  });
}
