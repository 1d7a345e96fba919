// The same step and a product of the same size in PyTorch, where there is one.
import { execFile, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "./median.mjs";

const WARM_UP = 3;
const fileOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Full-width AlexNet with 32 photos a step; where ours was smaller, nothing is compared. */
export async function pytorch({ width, batchSize, steps, product, optimiser }) {
  const run = promisify(execFile);
  const there = await run("python3", [fileOf("product.py"), String(product)]).catch((error) => error);
  if (there instanceof Error) return { skipped: lastLine(there) };
  const { device, gflops } = JSON.parse(there.stdout);
  if (width !== 1)
    return {
      skipped: `its step is of full width, and ours was not; its product has ${gflops.toFixed(0)} GFLOP/s on ${device}`,
    };
  const options = {
    precision: "float32",
    threads: availableParallelism(),
    onGpu: device === "cuda",
    optimiser,
  };
  const child = spawn("python3", [fileOf("peers/torch_step.py"), JSON.stringify(options)], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  // A step that does not start reads no commands: how few it took says so.
  child.stdin.on("error", () => undefined);
  child.stdin.end("step\n".repeat(WARM_UP + steps));
  const lines = (await text(child.stdout)).split("\n").filter((line) => line !== "");
  const messages = lines.map((line) => JSON.parse(line));
  const times = messages.flatMap(({ step }) => (step ? [step.ms] : [])).slice(WARM_UP);
  if (times.length < steps) return { skipped: `its step ended after ${times.length} of ${steps}` };
  const msPerStep = median(times);
  return { device, gflops, msPerStep, imagesPerSecond: (batchSize / msPerStep) * 1000 };
}

function lastLine({ code, stderr, message }) {
  if (code === "ENOENT") return "there is no python3 on PATH";
  return (stderr || message).trim().split("\n").at(-1);
}
