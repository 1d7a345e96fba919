// TensorFlow.js in Node on its WebAssembly backend, with SIMD: its plain CPU backend would take minutes.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { type BundleModel, checkSignature, FleuronError, type TensorSignature } from "@fleuron/model";
import { type Bundle, runtimeError } from "@fleuron/runtime-node";
import type { GraphModel } from "@tensorflow/tfjs-converter";
import type * as Tfjs from "@tensorflow/tfjs-core";
import { channelsLast } from "../../channels-last.js";
import type { ModelRun, ModelRunner } from "./runner.js";

export const tfjsWasm: ModelRunner = {
  name: "tfjs-wasm",
  format: "tfjs-graph",
  maxPhotos: 64,
  async open(bundle, model) {
    const tf = await loadTfjs();
    const graph = await loadGraph(tf, bundle, model);
    return {
      run: (images, batch) => run(tf, graph, model, images, batch),
      async [Symbol.asyncDispose]() {
        graph.dispose();
      },
    };
  },
};

/** Loaded when it is needed only: it is large, and has one backend for the whole process. */
async function loadTfjs(): Promise<typeof Tfjs> {
  const [tf, { setWasmPaths }] = await Promise.all([
    import("@tensorflow/tfjs-core"),
    import("@tensorflow/tfjs-backend-wasm"),
  ]);
  if (tf.getBackend() === "wasm") return tf;
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(dirname(entry) + sep);
  await tf.setBackend("wasm");
  return tf;
}

async function loadGraph(tf: typeof Tfjs, { folder, manifest }: Bundle, model: BundleModel) {
  const { loadGraphModel } = await import("@tensorflow/tfjs-converter");
  const subject = join(folder, model.files[0]!.path);
  try {
    const fetchFunc = fileFetch(folder, model);
    const graph = await loadGraphModel(tf.io.http(model.files[0]!.path, { fetchFunc }));
    const inputMetadata = graph.inputs.map(signatureOf);
    const outputMetadata = graph.outputs.map(signatureOf);
    checkSignature({ inputMetadata, outputMetadata }, { manifest, model, subject });
    return graph;
  } catch (cause) {
    if (cause instanceof FleuronError) throw cause;
    throw bundleError("model-unusable", subject, `cannot be used by TensorFlow.js: ${String(cause)}`, cause);
  }
}

/** Outputs have a name only: tfjs computes in float32, and what they hold is seen when it has run. */
const signatureOf = ({ name, dtype, shape }: GraphModel["inputs"][number]): TensorSignature => ({
  name: name.replace(/:0$/, ""),
  type: dtype ?? "float32",
  shape,
});

/** Answers tfjs, which loads over a network, from a folder; with the model's own files, whose hashes are known. */
const fileFetch =
  (folder: string, { files }: BundleModel): typeof fetch =>
  async (url) => {
    const path = String(url);
    if (!files.some((file) => file.path === path)) {
      const problem = "is needed by the model, but the bundle's manifest does not list it";
      throw bundleError("bundle-damaged", join(folder, path), problem);
    }
    const type = path.endsWith(".json") ? "application/json" : "application/octet-stream";
    return new Response(new Uint8Array(await readFile(join(folder, path))), {
      headers: { "content-type": type },
    });
  };

const bundleError = (
  code: "bundle-damaged" | "model-unusable",
  subject: string,
  problem: string,
  cause?: unknown,
) =>
  runtimeError(code, `${subject} ${problem}.`, {
    subject,
    hint: "Copy the whole bundle again, or write it again with `writeBundle`.",
    cause,
  });

async function run(
  tf: typeof Tfjs,
  graph: GraphModel,
  { input, output }: BundleModel,
  images: Float32Array,
  batch: number,
): Promise<ModelRun> {
  const [, height, width, channels] = input.shape;
  const nhwc = channelsLast(images, channels, height * width);
  const began = performance.now();
  const image = tf.tensor(nhwc, [batch, height, width, channels]);
  const probabilities = graph.execute({ [input.name]: image }, output.name) as Tfjs.Tensor;
  const data = await probabilities.data<"float32">();
  const milliseconds = performance.now() - began;
  tf.dispose([image, probabilities]);
  return { probabilities: data, milliseconds };
}
