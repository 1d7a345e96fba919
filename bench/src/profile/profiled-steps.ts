// Steps of training under onnxruntime's own profiler.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { onnxruntime } from "@fleuron/runtime-node";
import type { Batch, NamedTensor, TrainingPlan } from "@fleuron/training";
import { OnnxEngine, type OnnxRuntime } from "@fleuron/training/onnx";
import { temporaryFolder } from "../temporary-folder.js";
import { computedNodes, type ProfiledNode } from "./profiled-node.js";

export interface ProfiledStep {
  readonly stepMs: number;
  /** The part of it that the optimiser's pass over all weights takes. */
  readonly updateMs: number;
  readonly nodes: readonly ProfiledNode[];
}

export interface ProfiledSteps {
  readonly plan: TrainingPlan;
  readonly state: AsyncIterable<NamedTensor>;
  readonly threads: number;
  readonly steps: number;
  batch(step: number): Batch;
  /** Work that takes turns with the steps. */
  readonly between?: () => Promise<void>;
}

/** Takes steps on `onnx-cpu`, and returns all of them. */
export async function profileSteps(options: ProfiledSteps): Promise<readonly ProfiledStep[]> {
  const { plan, state, threads, steps, batch, between } = options;
  await using temporary = await temporaryFolder("profile");
  const { runtime, endProfiling } = profilingRuntime(join(temporary.folder, "step"));
  let updateBegan = 0;
  const description = { engine: "onnx-cpu", precision: "float32", threads, versions: {} };
  await using engine = new OnnxEngine(plan, {
    runtime,
    threads,
    description,
    // Between the gradients and the update.
    reduceGradients: () => {
      updateBegan = performance.now();
    },
  });
  await engine.write(state);
  const times: { readonly stepMs: number; readonly updateMs: number }[] = [];
  for (let step = 0; step < steps; step++) {
    const taken = batch(step);
    const began = performance.now();
    await engine.step(taken, { learningRate: 0.001 });
    const ended = performance.now();
    times.push({ stepMs: ended - began, updateMs: ended - updateBegan });
    await between?.();
  }
  endProfiling();
  const [file] = (await readdir(temporary.folder)).sort();
  const nodes = computedNodes(JSON.parse(await readFile(join(temporary.folder, file!), "utf8")));
  const perStep = nodes.length / steps;
  return times.map((time, step) => ({ ...time, nodes: nodes.slice(step * perStep, (step + 1) * perStep) }));
}

/** @param prefix of the files that sessions write their profiles to. */
function profilingRuntime(prefix: string): { readonly runtime: OnnxRuntime; endProfiling(): void } {
  const sessions: { endProfiling(): void }[] = [];
  const runtime: OnnxRuntime = {
    Tensor: onnxruntime.Tensor,
    InferenceSession: {
      async create(model: Uint8Array, options: object) {
        const profiling = { enableProfiling: true, profileFilePrefix: prefix };
        const session = await onnxruntime.InferenceSession.create(model, { ...options, ...profiling });
        sessions.push(session as unknown as { endProfiling(): void });
        return session;
      },
    } as OnnxRuntime["InferenceSession"],
  };
  return {
    runtime,
    endProfiling() {
      for (const session of sessions) session.endProfiling();
    },
  };
}
