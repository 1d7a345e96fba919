// `node scripts/onnx-networks/webgpu.mjs FILE SEED…`: the gradients of an ONNX classifier on WebGPU, beside those of onnx-cpu. WebGPU is
// SwiftShader's, or that of the driver that FLEURON_VULKAN_DRIVER names.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { build } from "../build.mjs";

for (const name of ["@fleuron/onnx-import", "@fleuron/training", "@fleuron/testing"]) build(name);
const packages = new URL("../../packages/", import.meta.url);
const { InferenceSession, Tensor } = createRequire(new URL("graph/", packages))("onnxruntime-node");
const { bindDimensions, networkOf } = await import(new URL("graph/dist/bundled/index.js", packages).href);
const { toOnnx } = await import(new URL("graph/dist/bundled/onnx.js", packages).href);
const { compileProgram, DeviceVariables } = await import(
  new URL("graph/dist/bundled/webgpu.js", packages).href
);
const { randomStream, sizeOf } = await import(new URL("model/dist/bundled/index.js", packages).href);
const { classifierOf, importOnnx } = await import(new URL("onnx-import/dist/index.js", packages).href);
const { softwareGpu } = await import(new URL("testing/dist/index.js", packages).href);
const { onProcessor } = await import(new URL("training/dist/bundled/onnx.js", packages).href);
const { firstForms } = await import(new URL("training/dist/bundled/index.js", packages).href);

const BATCH = 2;
/** A share of a gradient's norm. */
const TOLERANCE = 1e-4;
const [file, ...seeds] = process.argv.slice(2);
if (seeds.length === 0) {
  process.stderr.write(
    "name an ONNX file and seeds, for example: node scripts/onnx-networks/webgpu.mjs lite0.onnx 1 2\n",
  );
  process.exit(2);
}
const imported = importOnnx(readFileSync(resolve(process.env.INIT_CWD ?? ".", file)), {});
const network = networkOf(classifierOf(imported));
const training = bindDimensions(network.trainingGraph(), { batch: BATCH });
/** The masks of a step's Clip nodes: 1 where the gradient passes, 0 elsewhere. */
const gates = training.nodes
  .filter(({ operation, place }) => operation === "cast" && place.gradient)
  .map(({ outputs: [value] }, index) => ({ name: `gates/${index}`, value }));
const graph = { ...training, outputs: [...training.outputs, ...gates] };
const gpu = await softwareGpu();
if (typeof gpu === "string") throw new Error(gpu);
const device = await gpu.device();
const [onGpu, onCpu, onCpuByGates] = [
  await openWebgpu(),
  await openOnnx(graph),
  await openOnnx(withGivenGates()),
];
const shown = (number) => number.toExponential(1);

process.stdout.write(
  "| Seed | Gradients | Median | Largest | Gates that differ | Largest with equal gates |\n",
);
process.stdout.write("| ---: | ---: | ---: | ---: | ---: | ---: |\n");
let passed = 0;
for (const seed of seeds.map(Number)) {
  const feeds = drawnFeeds(seed);
  const [actual, expected] = [await onGpu(feeds), await onCpu(feeds)];
  const given = gates.map(({ name, value }) => ({
    name,
    shape: graph.types[value].shape,
    numbers: actual.get(name),
  }));
  const differing = given.reduce(
    (sum, { name, numbers }) => sum + differences(numbers, expected[name].data),
    0,
  );
  const distances = distancesOf(actual, expected);
  const [equal] = distancesOf(actual, await onCpuByGates([...feeds, ...given]));
  const figures = [distances[distances.length >> 1], distances[0]].map(shown);
  process.stdout.write(`| ${[seed, distances.length, ...figures, differing, shown(equal)].join(" | ")} |\n`);
  if (equal <= TOLERANCE) passed++;
}
process.stdout.write(`\n${passed} of ${seeds.length} within ${TOLERANCE} of the norm\n`);
process.exit(passed === seeds.length ? 0 : 1);

/** The step with its gates as inputs: where rounding shut one here that is open there, both engines then have the same function. */
function withGivenGates() {
  const values = new Set(gates.map(({ value }) => value));
  return {
    ...training,
    nodes: training.nodes.filter(({ outputs: [value] }) => !values.has(value)),
    inputs: [...training.inputs, ...gates.map((gate) => ({ ...gate, role: { type: "tensor" } }))],
  };
}

/** Photos and labels of a seed, and all other inputs. */
function drawnFeeds(seed) {
  const inputs = Object.fromEntries(
    training.inputs.map(({ name, value }) => [name, training.types[value].shape]),
  );
  const image = new Float32Array(sizeOf(inputs.image));
  const random = randomStream(seed, "augment", 0, 0);
  random.fillNormal(image, 0, 1);
  const targets = new Float32Array(sizeOf(inputs.targets));
  for (let photo = 0; photo < BATCH; photo++)
    targets[photo * network.classes + Math.floor(random.uniform() * network.classes)] = 1;
  const data = {
    image,
    targets,
    sampleWeights: new Float32Array(BATCH).fill(1),
    normalizer: Float32Array.of(BATCH),
  };
  return Object.entries(data).map(([name, numbers]) => ({ name, shape: inputs[name], numbers }));
}

async function openWebgpu() {
  const shapes = graph.variables.map(({ name, value }) => [name, graph.types[value].shape]);
  const variables = await DeviceVariables.create(device, shapes);
  for (const { name } of graph.variables) variables.write(name, imported.values.get(name));
  const program = await compileProgram(graph, variables);
  return (feeds) => program.run(Object.fromEntries(feeds.map(({ name, numbers }) => [name, numbers])));
}

async function openOnnx(step) {
  const { lowerings, sessionOptions } = onProcessor(firstForms);
  const model = toOnnx(step, { values: imported.values, lowerings });
  const session = await InferenceSession.create(model, { ...sessionOptions, intraOpNumThreads: 1 });
  return (feeds) =>
    session.run(
      Object.fromEntries(
        feeds.map(({ name, shape, numbers }) => [name, new Tensor("float32", numbers, shape)]),
      ),
    );
}

function differences(actual, expected) {
  return actual.reduce((sum, number, index) => sum + (number !== expected[index] ? 1 : 0), 0);
}

/** The gradients' distances, the largest first. */
function distancesOf(actual, expected) {
  return training.outputs
    .filter(({ name }) => name.startsWith("gradient/"))
    .map(({ name }) => distance(actual.get(name), expected[name].data))
    .sort((a, b) => b - a);
}

function distance(actual, expected) {
  const norm = (numbers) => Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0));
  return (
    norm(Float64Array.from(actual, (number, index) => number - expected[index])) /
    norm(Float64Array.from(expected))
  );
}
