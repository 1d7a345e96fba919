// What computes: WebGPU where there is a GPU, onnxruntime's WASM everywhere.
import { openDevice } from "@fleuron/graph/webgpu";
import { softwareObjection, webgpuProblem } from "@fleuron/runtime-web/worker";
import type { TrainingEngine, TrainingPlan } from "@fleuron/training";
import { OnnxEngine } from "@fleuron/training/onnx";
import { createWebgpuEngine } from "@fleuron/training/webgpu";
import * as ort from "onnxruntime-web/wasm";
import { trainerWebError } from "../errors.js";
import { engineNames, type WebEngineName } from "../options.js";
import { requireMemory } from "./require-memory.js";

const MOST_THREADS = 4;

export interface OpenEngineOptions {
  /** Default: WebGPU where there is a real GPU, else WASM. */
  readonly engines: readonly WebEngineName[] | undefined;
  readonly wasmUrl: string;
  /** How many WASM has; several round sums otherwise than one. Default: one per core, up to 4. */
  readonly threads?: number | undefined;
}

/** @throws FleuronError "engine-unavailable" that says why for each; "out-of-memory". */
export async function openEngine(
  plan: TrainingPlan,
  { engines, wasmUrl, threads }: OpenEngineOptions,
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

async function wasmEngine(
  plan: TrainingPlan,
  wasmUrl: string,
  wanted = Math.min(MOST_THREADS, navigator.hardwareConcurrency),
): Promise<TrainingEngine> {
  requireMemory(plan);
  const threads = self.crossOriginIsolated ? wanted : 1;
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  return new OnnxEngine(plan, {
    runtime: ort,
    threads,
    fillsOutputs: false,
    description: {
      engine: "wasm",
      precision: plan.precision,
      threads,
      versions: { "onnxruntime-web": ort.env.versions.web ?? "unknown" },
    },
  });
}
