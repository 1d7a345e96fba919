// Who trains a whole run. To add one: a line here, and a program that writes lines as `fleuron train --json` does.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { recipes } from "@fleuron/training";
import { checkoutHere } from "../commands/checkout.js";
import type { Contender } from "../compare/contenders.js";

export interface RunSettings {
  /** The folder with `train/` and `val/`. */
  readonly photos: string;
  readonly epochs: number;
  readonly threads: number;
  /** An empty folder for what it keeps; a contender has a new one in each round. */
  readonly folder: string;
}

export interface RunContender extends Pick<Contender, "name" | "python" | "engine"> {
  /** What its process is given; Node's or Python's program comes first. */
  readonly parameters: (settings: RunSettings) => readonly string[];
}

const { batchSize, schedule } = recipes.notebook;

const fleuron = (engine: string): RunContender => ({
  name: `Fleuron, ${engine}`,
  engine,
  parameters: ({ photos, epochs, threads, folder }) => [
    ...[checkoutHere.main, "train", "--json", "--recipe", "notebook", "--engine", engine, "--data", photos],
    ...["--epochs", String(epochs), "--threads", String(threads), "--out", join(folder, "run")],
  ],
});

const peer = (program: string): RunContender["parameters"] => {
  const file = fileURLToPath(new URL(`../../peers/${program}`, import.meta.url));
  return ({ photos, epochs, threads }) => [
    file,
    JSON.stringify({ photos, epochs, threads, batchSize, learningRate: schedule.learningRate }),
  ];
};

/** The one that the others are compared with. */
export const baseline: RunContender = {
  name: "Keras, tf.data",
  python: { modules: ["numpy", "keras", "tensorflow"], packages: "keras tensorflow" },
  parameters: peer("keras_run.py"),
};

export const ours: readonly RunContender[] = [fleuron("onnx-cpu"), fleuron("tfjs-node")];

export const peers: readonly RunContender[] = [
  baseline,
  {
    name: "PyTorch, DataLoader",
    python: { modules: ["numpy", "torch", "torchvision"], packages: "numpy torch torchvision" },
    parameters: peer("torch_run.py"),
  },
];
