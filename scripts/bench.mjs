// `pnpm bench train …`: builds what changed, then runs the benchmark of that name.
import { build } from "./build.mjs";

const benchmarks = {
  train: "a training step and a whole run; --compare beside Keras and PyTorch",
  run: "the notebook's training from a folder of JPEGs, cold and warm; --compare beside Keras and PyTorch",
  agreement: "one step on each engine, tensor by tensor",
  inference: "each precision of the ONNX export, on Node's CPU and in WASM",
  export: "writing a bundle: time and memory",
  browser: "classify in Chromium, beside onnxruntime-web alone and tfjs",
  webgpu: "a training step on WebGPU, beside jax-js and tfjs",
  tab: "a training step in a page without a GPU, beside tfjs and onnxruntime-node",
  ranks: "a training step shared by ranks of mpirun, and what to expect of more machines",
  "fine-tune": "a step of an imported network; --compare beside PyTorch",
  learn: "a head learnt in a page from a few photos, and its first camera frame",
  commands: "commands from a cold process; --against a checkout, in turns",
  memory: "peak memory of a run on few photos and on many",
  page: "the demo's page: first paint, shifts, long tasks",
};

const [name] = process.argv.splice(2, 1);
if (name === undefined || name === "--help" || name === "-h") {
  const lines = Object.entries(benchmarks).map(([each, what]) => `  pnpm bench ${each.padEnd(9)}  ${what}`);
  process.stdout.write(`Usage: pnpm bench <benchmark> [options]\n\n${lines.join("\n")}\n\n`);
  process.stdout.write("Each takes --json; bench/README.md lists the other options.\n");
} else if (Object.hasOwn(benchmarks, name)) {
  build("@fleuron/bench");
  await import(`../bench/dist/${name}.js`);
} else {
  process.stderr.write(`error: Unknown benchmark '${name}'.\n`);
  process.stderr.write(`hint: Benchmarks: ${Object.keys(benchmarks).join(", ")}.\n`);
  process.exitCode = 2;
}
