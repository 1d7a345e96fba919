// Who takes the steps: programs that speak the protocol of ../compare/contender-process.ts.
import { fileURLToPath } from "node:url";

export interface FineTuneContender {
  readonly name: string;
  readonly program: string;
  readonly inPython: boolean;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the peer's program imports. */
export const peer = { modules: ["numpy", "torch", "timm"], packages: "numpy torch timm" } as const;

export const fineTuneContenders: readonly FineTuneContender[] = [
  { name: "Fleuron, onnx-cpu", program: here("./fleuron-step.js"), inPython: false },
  { name: "PyTorch, channels last", program: here("../../peers/torch_fine_tune.py"), inPython: true },
];
