import { onnxruntimeNode } from "./onnxruntime-node.js";
import type { ModelRunner } from "./runner.js";
import { tfjsWasm } from "./tfjs-wasm.js";

export const nodeRunners: readonly ModelRunner[] = [onnxruntimeNode, tfjsWasm];
