// How fast full-width AlexNet trains here, and what a whole run waits for and takes.

import { cpus, totalmem } from "node:os";
import { percent } from "@fleuron/model";
import type { BenchOptions } from "./arguments.js";
import { inProcess } from "./in-process.js";
import { batchSize } from "./random-batch.js";
import type { RunResult } from "./train-run.js";
import type { StepsResult } from "./train-steps.js";

/** Direct convolutions, forward and backward, of a batch of 32: 2.26 GFLOP × 3 a photo, less the first layer's input gradient. */
const gflopPerStep = 211;

export async function trainAlone(options: BenchOptions): Promise<void> {
  const steps = await inProcess<StepsResult>("train-steps", options);
  const run = await inProcess<RunResult>("train-run", options);
  const gflops = gflopPerStep / (steps.stepMs / 1000);
  const result = {
    machine: {
      cpu: cpus()[0]!.model.trim(),
      memoryBytes: totalmem(),
      node: process.version,
      threads: options.threads,
    },
    step: {
      medianMs: steps.stepMs,
      imagesPerSecond: (batchSize / steps.stepMs) * 1000,
      gflops,
      matMulGflops: steps.matMulGflops,
      shareOfMatMul: gflops / steps.matMulGflops,
      peakRssBytes: steps.peakRssBytes,
    },
    run,
  };

  if (options.format === "json") process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    const { machine, step } = result;
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;
    const rows: readonly (readonly [string, string])[] = [
      [
        "machine",
        `${machine.cpu}, ${machine.threads} threads, ${gigabytes(machine.memoryBytes)}, Node ${machine.node}`,
      ],
      [
        "median step of 32 photos",
        `${step.medianMs.toFixed(0)} ms, ${step.imagesPerSecond.toFixed(1)} images/s`,
      ],
      ["arithmetic, as direct convolutions", `${step.gflops.toFixed(0)} GFLOP/s`],
      ["matrix multiply 2048³, same run", `${step.matMulGflops.toFixed(0)} GFLOP/s`],
      ["share of it", percent(step.shareOfMatMul)],
      ["peak memory, steps alone", gigabytes(step.peakRssBytes)],
      ["whole run, second epoch", `${run.imagesPerSecond.toFixed(1)} images/s`],
      ["waiting for photos", percent(run.dataWait)],
      ["peak memory, whole run", gigabytes(run.peakRssBytes)],
    ];
    const width = Math.max(...rows.map(([name]) => name.length));
    for (const [name, value] of rows) process.stdout.write(`${name.padEnd(width)}  ${value}\n`);
  }
}
