// Who takes part in a comparison. To add one: a line here, and a program that speaks the protocol of
// contender-process.ts.
import { fileURLToPath } from "node:url";

export interface Contender {
  readonly name: string;
  readonly precision: "float32" | "bfloat16";
  readonly program: string;
  /** Python modules that it imports, and the packages that bring them; absent: it runs on Node. */
  readonly python?: { readonly modules: readonly string[]; readonly packages: string };
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
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
  { name: "Fleuron, onnx-cpu", precision: "float32", program: here("./onnx-cpu-step.js") },
  baseline,
  { ...keras, precision: "bfloat16" },
  { ...torch, precision: "float32" },
  { ...torch, precision: "bfloat16" },
];
