// Looks at the machine, trains on its GPU and on its processor, and compares with PyTorch.
import { cpus, totalmem } from "node:os";
import { loadEngine, thisMachine } from "@fleuron/trainer";
import { recipes } from "@fleuron/training";
import { lookAtCuda } from "./cuda.mjs";
import { productRate } from "./product-rate.mjs";
import { pytorch } from "./pytorch.mjs";
import { trainOn } from "./train-on.mjs";

const say = (text) => process.stdout.write(`${text}\n`);

/** All that was measured, as plain data. */
export async function measure() {
  const cuda = await lookAtCuda();
  say(cuda.found ? `CUDA      ${cuda.gpu}, driver ${cuda.driver}` : `CUDA      none: ${cuda.why}`);
  const webgpu = await loadEngine("webgpu");
  const surroundings = thisMachine();
  const findings = await webgpu.probe(surroundings);
  const adapter = findings.every(({ ok }) => ok) ? await webgpu.findDevice(surroundings) : undefined;
  const bad = [...findings, ...(adapter ? [adapter] : [])].find(({ ok }) => !ok);
  if (bad !== undefined) {
    const hint = `${bad.hint} VK_DRIVER_FILES names a driver's JSON that lies elsewhere.`;
    throw Object.assign(new Error(`Vulkan cannot be used: ${bad.what}: ${bad.found}`), { hint });
  }
  say(`Vulkan    ${adapter.found}`);

  const emulated = adapter.found.endsWith("a processor plays the GPU");
  const size = emulated
    ? { width: 0.1, imageSize: 99, batchSize: 8, steps: 5, product: 512 }
    : { width: 1, imageSize: 227, batchSize: 32, steps: 20, product: 4096 };
  const { width, imageSize, batchSize, steps } = size;
  say(`network   AlexNet, width ${width}, ${imageSize} pixels, ${batchSize} photos a step, ${steps} steps`);

  const onGpu = await trainOn("webgpu", size);
  say(`webgpu    ${onGpu.imagesPerSecond.toFixed(1)} images/s, last loss ${onGpu.losses.at(-1).toFixed(4)}`);
  const onProcessor = await trainOn("onnx-cpu", size);
  say(
    `onnx-cpu  ${onProcessor.imagesPerSecond.toFixed(1)} images/s, last loss ${onProcessor.losses.at(-1).toFixed(4)}`,
  );
  const lossDifference = Math.max(
    ...onGpu.losses.map((loss, step) => Math.abs(loss / onProcessor.losses[step] - 1)),
  );
  say(`losses    ${lossDifference.toExponential(1)} apart, at most, of onnx-cpu's`);
  const product = await productRate(size.product);
  say(`product   ${product.gflops.toPrecision(3)} GFLOP/s in float32, ${product.size}³`);
  const torch = await pytorch({ ...size, optimiser: recipes.modern.optimiser });
  say(
    torch.skipped
      ? `PyTorch   skipped: ${torch.skipped}`
      : `PyTorch   ${torch.imagesPerSecond.toFixed(1)} images/s on ${torch.device}, ${torch.gflops.toPrecision(3)} GFLOP/s`,
  );

  return {
    machine: {
      cpu: cpus()[0].model.trim(),
      cores: cpus().length,
      memoryBytes: totalmem(),
      node: process.version,
    },
    cuda,
    adapter: adapter.found,
    network: { width, imageSize, batchSize, steps },
    webgpu: onGpu,
    onnxCpu: onProcessor,
    lossDifference,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    product,
    pytorch: torch,
  };
}
