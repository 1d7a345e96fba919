import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawFlower, encodeJpeg } from "@fleuron/testing";
import type { Checkout } from "./checkout.js";
import { runToEnd } from "./cold-process.js";

/** What the commands work on. */
export interface Prepared {
  /** An empty place to work in. */
  readonly folder: string;
  /** The folder of a run of full-width AlexNet. */
  readonly run: string;
  readonly bundle: string;
  readonly photo: string;
}

/** Trains a full-width network for one epoch of a few drawn photos, and exports it: what it has learnt is no matter here. */
export async function prepare({ main }: Checkout, folder: string): Promise<Prepared> {
  const prepared = {
    folder,
    run: join(folder, "run"),
    bundle: join(folder, "bundle"),
    photo: join(folder, "photo.jpg"),
  };
  await writeFile(
    prepared.photo,
    await encodeJpeg(drawFlower({ width: 500, height: 333, label: 1, seed: 1 })),
  );
  const { run, bundle } = prepared;
  const data = ["--data", "procedural", "--max-images", "40"];
  const short = ["--epochs", "1", "--batch-size", "16", "--engine", "onnx-cpu"];
  await runToEnd(process.execPath, [main, "train", ...data, ...short, "--out", run], folder);
  const onnx = ["--format", "onnx", "--precision", "float32"];
  await runToEnd(process.execPath, [main, "export", "--run", run, "--out", bundle, ...onnx], folder);
  return prepared;
}
