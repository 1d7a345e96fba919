// A network's outputs by the interpreter, and by onnxruntime on the file that `toOnnx` writes, beside those of the file itself.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "../build.mjs";

build("@fleuron/onnx-import");
const packages = new URL("../../packages/", import.meta.url);
const { InferenceSession, Tensor } = createRequire(new URL("graph/", packages))("onnxruntime-node");
const { interpret, referenceTensor } = await import(new URL("graph/dist/index.js", packages).href);
const { toOnnx } = await import(new URL("graph/dist/onnx/index.js", packages).href);
const { randomStream } = await import(new URL("model/dist/index.js", packages).href);
const { importOnnx } = await import(new URL("onnx-import/dist/index.js", packages).href);

const session = { logSeverityLevel: 3, intraOpNumThreads: 1 };

/** How far the interpreter and onnxruntime are from the file's own outputs, and those of two photos from each other. */
export async function compare(file, imageSize) {
  const externalData = (name) => {
    const beside = join(dirname(file), name);
    return existsSync(beside) ? readFileSync(beside) : undefined;
  };
  const imported = importOnnx(readFileSync(file), { externalData, imageSize });
  const { graph, values, input } = imported;
  const original = await InferenceSession.create(file, session);
  const rewritten = await InferenceSession.create(toOnnx(graph, { values }), session);
  const batches = drawnBatches(
    graph,
    original.inputMetadata.find(({ name }) => name === input.name).shape[0],
  );
  const expected = await outputsOf(batches, async (batch) =>
    original.run({ [input.name]: tensorOf(input.layout === "NHWC" ? channelsLast(batch) : batch) }),
  );
  const differences = [
    await outputsOf(batches, (batch) => interpreted(imported, batch)),
    await outputsOf(batches, (batch) => rewritten.run({ image: tensorOf(batch) })),
  ].map((outputs) => Math.max(...graph.outputs.map(({ name }) => difference(outputs[name], expected[name]))));
  const spread = Math.min(...graph.outputs.map(({ name }) => spreadOf(expected[name])));
  return { imported, differences, spread };
}

/** At least two images: one batch, or two where the file takes one image at a time. */
function drawnBatches(graph, stated) {
  const [, ...sizes] = graph.types[graph.inputs[0].value].shape;
  const length = typeof stated === "number" && stated > 0 ? stated : 2;
  return Array.from({ length: length === 1 ? 2 : 1 }, (_, index) => {
    const shape = [length, ...sizes];
    const data = new Float32Array(shape.reduce((product, size) => product * size));
    randomStream(1, "augment", index, 0).fillNormal(data, 0, 1);
    return { shape, data };
  });
}

function channelsLast({ shape: [batch, channels, height, width], data }) {
  const turned = new Float32Array(data.length);
  const pixels = height * width;
  data.forEach((number, index) => {
    const [pixel, channel] = [index % pixels, Math.floor(index / pixels) % channels];
    turned[(Math.floor(index / (pixels * channels)) * pixels + pixel) * channels + channel] = number;
  });
  return { shape: [batch, height, width, channels], data: turned };
}

const tensorOf = ({ shape, data }) => new Tensor("float32", data, shape);

function interpreted({ graph, values }, { shape, data }) {
  const shapeOf = new Map(graph.variables.map(({ name, value }) => [name, graph.types[value].shape]));
  const weights = Array.from(values, ([name, numbers]) => [
    name,
    referenceTensor(shapeOf.get(name), numbers),
  ]);
  const { outputs } = interpret(graph, {
    image: referenceTensor(shape, data),
    ...Object.fromEntries(weights),
  });
  return Object.fromEntries(outputs);
}

/** The numbers of each output, of one image behind the other. */
async function outputsOf(batches, run) {
  const gathered = {};
  for (const batch of batches) {
    for (const [name, { data }] of Object.entries(await run(batch)))
      gathered[name] = [...(gathered[name] ?? []), ...Array.from(data, Number)];
  }
  return gathered;
}

const largest = (numbers) => numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);

/** Of the largest number that is expected; no number at all is no agreement. */
function difference(actual, expected) {
  if (actual.length !== expected.length) return Number.NaN;
  return largest(actual.map((number, index) => number - expected[index])) / largest(expected);
}

/** How far the second image's output is from the first's: a network that says the same of all proves nothing. */
function spreadOf(numbers) {
  const half = numbers.length / 2;
  return difference(numbers.slice(half, 2 * half), numbers.slice(0, half));
}
