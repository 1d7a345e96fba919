import { OnnxEngine } from "@fleuron/training/onnx";
import * as runtime from "onnxruntime-web/wasm";
import type { Contender } from "./contender.js";
import { trainedBy } from "./trained-by.js";

/** Fleuron without WebGPU, as a page has it: on one thread of the processor. */
export const onnxruntime: Contender = {
  name: "Fleuron, WASM",
  open: (step) => {
    runtime.env.wasm.numThreads = 1;
    const description = { engine: "onnx-wasm", precision: step.plan.precision, threads: 1, versions: {} };
    const engine = new OnnxEngine(step.plan, { runtime, threads: 1, fillsOutputs: false, description });
    return trainedBy(engine, step);
  },
};
