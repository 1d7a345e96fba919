// Steps of full-width AlexNet on made-up photos, alone or as one of the ranks of mpirun; rank 0 prints what they took.
import { launchOf } from "@fleuron/mpi";
import { openMpi } from "@fleuron/mpi/ranks";
import { loadEngine } from "@fleuron/trainer/engines";
import { madeUpBatch, madeUpState } from "@fleuron/training";
import { fullWidthPlan } from "../full-width-plan.js";
import { median } from "../statistics.js";

export interface WorkerOptions {
  readonly threads: number;
  /** Photos of this process. */
  readonly photos: number;
  readonly steps: number;
}

export interface WorkerResult {
  readonly stepSeconds: number;
  /** The part of it that is the sum of the gradients, with the wait for the other ranks. */
  readonly reduceSeconds: number;
  /** Sums of as many numbers alone, right after each other. */
  readonly allReduceSeconds: number;
}

const WARM_UP = 2;

const { threads, photos, steps } = JSON.parse(process.argv[2]!) as WorkerOptions;
const plan = { ...fullWidthPlan(), batchSize: photos };
const launch = launchOf(process.env);
const ranks = launch && (await openMpi(launch));
const reduces: number[] = [];
let count = 0;
const { create } = await loadEngine("onnx-cpu");
await using engine = await create(plan, {
  threads,
  reduceGradients: async (gradients) => {
    count = gradients.length;
    reduces.push(await seconds(() => ranks?.sum(gradients)));
  },
});
await engine.write(madeUpState(plan));
const batch = { ...madeUpBatch(plan), normalizer: photos * (launch?.count ?? 1) };
const taken: number[] = [];
for (let step = 0; step < WARM_UP + steps; step++)
  taken.push(await seconds(() => engine.step(batch, { learningRate: 1e-4 })));
const numbers = new Float32Array(count);
const sums: number[] = [];
for (let turn = 0; turn < 3; turn++) sums.push(await seconds(() => ranks?.sum(numbers)));
ranks?.finish();
const result: WorkerResult = {
  stepSeconds: median(taken.slice(WARM_UP)),
  reduceSeconds: median(reduces.slice(WARM_UP)),
  allReduceSeconds: Math.min(...sums),
};
if ((launch?.rank ?? 0) === 0) process.stdout.write(`${JSON.stringify(result)}\n`);

async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
