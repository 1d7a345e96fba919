// Who takes part in a comparison. To add one: a line here, and a program that speaks the protocol of
// contender-process.ts.
import { fileURLToPath } from "node:url";

export interface Contender {
  readonly name: string;
  readonly precision: "float32" | "bfloat16";
  readonly program: string;
  /** The engine of Fleuron that the program is to use. */
  readonly engine?: string;
  /** Python modules that it imports, and the packages that bring them; absent: it runs on Node. */
  readonly python?: { readonly modules: readonly string[]; readonly packages: string };
  /** It computes on a GPU, and takes part only where there is one. */
  readonly onGpu?: true;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const fleuron = (engine: string) => ({
  name: `Fleuron, ${engine}`,
  engine,
  program: here("./fleuron-step.js"),
});
const keras = {
  name: "Keras on TensorFlow",
  program: here("../../peers/keras_step.py"),
  python: { modules: ["numpy", "keras", "tensorflow"], packages: "keras tensorflow" },
};
const torch = {
  name: "PyTorch, channels last",
  program: here("../../peers/torch_step.py"),
  python: { modules: ["numpy", "torch"], packages: "numpy torch" },
};

/** The one that the others are compared with. */
export const baseline: Contender = { ...keras, precision: "float32" };

export const contenders: readonly Contender[] = [
  { ...fleuron("onnx-cpu"), precision: "float32" },
  { ...fleuron("tfjs-node"), precision: "float32" },
  { ...fleuron("tfjs-node"), precision: "bfloat16" },
  baseline,
  { ...keras, precision: "bfloat16" },
  { ...torch, precision: "float32" },
  { ...torch, precision: "bfloat16" },
  { ...fleuron("webgpu"), precision: "float32", onGpu: true },
  { ...fleuron("onnx-cuda"), precision: "float32", onGpu: true },
  { ...fleuron("tfjs-node-gpu"), precision: "float32", onGpu: true },
  { ...torch, name: "PyTorch on CUDA, channels last", precision: "float32", onGpu: true },
];
