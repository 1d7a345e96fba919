// What computes: WebGPU where there is a GPU, onnxruntime's WASM everywhere.
import { openDevice } from "@fleuron/graph/webgpu";
import { softwareObjection, webgpuProblem } from "@fleuron/runtime-web/worker";
import { type HeadAlone, HeadEngine, type TrainingEngine, type TrainingPlan } from "@fleuron/training";
import { OnnxEngine } from "@fleuron/training/onnx";
import { createWebgpuEngine } from "@fleuron/training/webgpu";
import { trainerWebError } from "../errors.js";
import { engineNames, type WebEngineName } from "../options.js";
import { requireMemory } from "./require-memory.js";
import { wasmRuntime } from "./wasm-runtime.js";

export interface OpenEngineOptions {
  /** Default: WebGPU where there is a real GPU, else WASM. */
  readonly engines: readonly WebEngineName[] | undefined;
  readonly wasmUrl: string;
  /** How many WASM has. Default: as {@link wasmRuntime} says. */
  readonly threads?: number | undefined;
  /** Where the head alone learns: it is computed, from features. */
  readonly parts?: HeadAlone | undefined;
}

/** @throws FleuronError "engine-unavailable" that says why for each; "out-of-memory". */
export async function openEngine(
  plan: TrainingPlan,
  { parts, ...options }: OpenEngineOptions,
): Promise<TrainingEngine> {
  return parts ? new HeadEngine(plan, parts, await openWhole(parts.head, options)) : openWhole(plan, options);
}

async function openWhole(
  plan: TrainingPlan,
  { engines, wasmUrl, threads }: Omit<OpenEngineOptions, "parts">,
): Promise<TrainingEngine> {
  const problems: string[] = [];
  for (const engine of engines ?? engineNames) {
    if (engine === "wasm") return wasmEngine(plan, wasmUrl, threads);
    const problem = await webgpuProblem(engines ? undefined : softwareObjection);
    if (problem === undefined) return gpuEngine(plan);
    problems.push(`${engine}: ${problem}.`);
  }
  throw trainerWebError("engine-unavailable", problems.join(" "), {
    subject: "engines",
    hint: 'Add "wasm", which works everywhere.',
  });
}

async function gpuEngine(plan: TrainingPlan): Promise<TrainingEngine> {
  const adapter = (await navigator.gpu.requestAdapter({ powerPreference: "high-performance" }))!;
  const { vendor, architecture, description } = adapter.info;
  return createWebgpuEngine(plan, {
    device: await openDevice(adapter),
    ownsDevice: true,
    description: {
      engine: "webgpu",
      precision: plan.precision,
      threads: 1,
      versions: { adapter: description || `${vendor} ${architecture}`.trim() },
    },
  });
}

async function wasmEngine(plan: TrainingPlan, wasmUrl: string, wanted?: number): Promise<TrainingEngine> {
  requireMemory(plan);
  const { runtime, threads } = wasmRuntime(wasmUrl, wanted);
  return new OnnxEngine(plan, {
    runtime,
    threads,
    fillsOutputs: false,
    description: {
      engine: "wasm",
      precision: plan.precision,
      threads,
      versions: { "onnxruntime-web": runtime.env.versions.web ?? "unknown" },
    },
  });
}
