// `pnpm bench train --profile`: where a full-width step on onnx-cpu spends its time.

import { sizeOf } from "@fleuron/model";
import { initialState, learningParameters, recipes } from "@fleuron/training";
import type { BenchOptions } from "../arguments.js";
import { describeMachine, loadAverage } from "../compare/machine.js";
import { fullWidthPlan } from "../full-width-plan.js";
import { masksOf, randomBatch } from "../random-batch.js";
import { matrixProduct, vectorSum } from "./machine-rates.js";
import { profileText } from "./print.js";
import { profileSteps } from "./profiled-steps.js";
import { summariseStep } from "./summarise.js";

/** The first ones also ask for memory. */
const warmUp = 2;
/** The update reads weights, momentum and gradients, and writes the first two; clipping reads the gradients before. */
const passesOfUpdate = 6;

export async function profileTrain({ steps, threads, format }: BenchOptions): Promise<void> {
  const load = loadAverage();
  const plan = fullWidthPlan();
  const [product, sum] = [await matrixProduct(threads), await vectorSum(threads)];
  const [productMs, sumMs]: [number[], number[]] = [[], []];
  const profiled = await profileSteps({
    plan,
    state: initialState(plan, recipes.modern.initialisation, 0),
    threads,
    steps: warmUp + steps,
    batch: (step) => ({ ...randomBatch(), dropoutMasks: masksOf(step) }),
    async between() {
      productMs.push(await product.measure());
      sumMs.push(await sum.measure());
    },
  });
  const [fastest] = profiled.slice(warmUp).sort((a, b) => a.stepMs - b.stepMs);
  const rates = {
    gflops: product.work / 1e6 / Math.min(...productMs),
    gigabytesPerSecond: sum.work / 1e6 / Math.min(...sumMs),
  };
  const learning = learningParameters(plan).reduce((count, { shape }) => count + sizeOf(shape), 0);
  const profile = {
    machine: describeMachine(),
    threads,
    loadAverage: load,
    ...summariseStep(fastest!, rates, 4 * passesOfUpdate * learning),
  };
  process.stdout.write(format === "json" ? `${JSON.stringify(profile)}\n` : profileText(profile, format));
}
