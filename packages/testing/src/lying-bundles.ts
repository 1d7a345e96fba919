// Bundles that contradict themselves, each in one thing: what every reader of bundles must refuse.
import { createHash } from "node:crypto";
import { type BundleFile, type BundleModel, CHUNK_BYTES, type Manifest } from "@fleuron/model";

/** A bundle of one ONNX model, whose weights lie beside it and whose metadata has labels and preprocessing. */
export interface BundleContents {
  readonly manifest: Manifest;
  /** By their paths in the bundle. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** What a reader is given: the manifest may be anything that JSON can hold. */
export interface LyingBundle {
  readonly manifest: unknown;
  readonly files: BundleContents["files"];
}

export interface Lie {
  readonly name: string;
  readonly tell: (truth: BundleContents) => LyingBundle;
  /** The error's. */
  readonly code: "manifest-invalid" | "bundle-damaged" | "model-unusable";
  /** A part of the error's message. */
  readonly message: string;
}

type Change = (manifest: Manifest) => object;

const inManifest =
  (change: Change): Lie["tell"] =>
  ({ manifest, files }) => ({ manifest: { ...manifest, ...change(manifest) }, files });

const inModel = (change: (model: BundleModel) => object) =>
  inManifest(({ models: [model] }) => ({ models: [{ ...model, ...change(model!) }] }));

const withShape = (...sides: readonly number[]) =>
  inModel(({ input }) => ({ input: { ...input, shape: ["batch", ...sides] } }));

const inPreprocessing = (change: object) =>
  inManifest(({ preprocessing }) => ({ preprocessing: { ...preprocessing, ...change } }));

/** The first weight becomes something that is no number; the hashes are right. */
const withNan: Lie["tell"] = ({ manifest, files }) => {
  const model = manifest.models[0]!;
  const [main, data] = model.files as [BundleFile, BundleFile];
  const bytes = Uint8Array.from(files[data.path]!);
  new DataView(bytes.buffer).setFloat32(0, Number.NaN, true);
  return {
    manifest: { ...manifest, models: [{ ...model, files: [main, { ...data, chunks: hashesOf(bytes) }] }] },
    files: { ...files, [data.path]: bytes },
  };
};

/** The hashes of a file as a manifest has them. */
export const hashesOf = (bytes: Uint8Array): readonly string[] =>
  Array.from({ length: Math.ceil(bytes.length / CHUNK_BYTES) }, (_, index) =>
    createHash("sha256")
      .update(bytes.subarray(index * CHUNK_BYTES, (index + 1) * CHUNK_BYTES))
      .digest("hex"),
  );

const unlisted: Lie["tell"] = ({ manifest, files }) => {
  const model = manifest.models[0]!;
  const [main, data] = model.files as [BundleFile, BundleFile];
  return {
    manifest: { ...manifest, models: [{ ...model, files: [main] }] },
    files: { ...files, [data.path]: new Uint8Array(files[data.path]!.length) },
  };
};

const SIZE = 227;

export const lies: readonly Lie[] = [
  {
    name: "a label is missing",
    tell: inManifest(({ labels, models }) => ({
      labels: labels.slice(1),
      // One that predicts the missing label would give the lie away sooner.
      models: models.map(({ sample: _, ...model }) => model),
    })),
    code: "manifest-invalid",
    message: "disagrees with the bundle's manifest about the labels",
  },
  {
    name: "two labels are too many",
    tell: inManifest(({ labels }) => ({ labels: [...labels, "dahlia", "erica"] })),
    code: "manifest-invalid",
    message: "disagrees with the bundle's manifest about the labels",
  },
  {
    name: "two labels have changed places",
    tell: inManifest(({ labels: [first, second, ...rest] }) => ({ labels: [second, first, ...rest] })),
    code: "manifest-invalid",
    message: "disagrees with the bundle's manifest about the labels",
  },
  {
    name: "photos are normalised otherwise",
    tell: inPreprocessing({ mean: [0.1, 0.2, 0.3] }),
    code: "manifest-invalid",
    message: "disagrees with the bundle's manifest about the preprocessing",
  },
  {
    name: "the temperature is another one",
    tell: inManifest(({ output }) => ({ output: { ...output, temperature: 2 } })),
    code: "manifest-invalid",
    message: "disagrees with the bundle's manifest about the temperature",
  },
  {
    name: "the input is larger than preprocessing makes it",
    tell: withShape(3, SIZE, SIZE),
    code: "manifest-invalid",
    message: "an input's shape in 'models' is not that of 'preprocessing'",
  },
  {
    name: "the input has 10¹² rows",
    tell: withShape(3, 1e12, 1e12),
    code: "manifest-invalid",
    message: "'models.0.input.shape.2'",
  },
  {
    name: "the input has an axis too many",
    tell: withShape(3, SIZE, SIZE, 1),
    code: "manifest-invalid",
    message: "'models.0.input.shape.4'",
  },
  {
    name: "an ONNX model is NHWC",
    tell: inModel(({ input }) => ({
      input: { ...input, layout: "NHWC", shape: ["batch", input.shape[2], input.shape[2], 3] },
    })),
    code: "manifest-invalid",
    message: "the layout of 'onnx' is NCHW",
  },
  {
    name: "the input has another name",
    tell: inModel(({ input }) => ({ input: { ...input, name: "picture" } })),
    code: "manifest-invalid",
    message: "it has no input 'picture', only 'image'",
  },
  {
    name: "the output has another name",
    tell: inModel(() => ({ output: { name: "logits" } })),
    code: "manifest-invalid",
    message: "it has no output 'logits', only 'probabilities'",
  },
  {
    name: "a deviation is too small for float32",
    tell: inPreprocessing({ std: [1e-320, 1, 1] }),
    code: "manifest-invalid",
    message: "inputs that float32 cannot hold",
  },
  {
    name: "a scale is too large for float32",
    tell: inPreprocessing({ scale: 1e308 }),
    code: "manifest-invalid",
    message: "inputs that float32 cannot hold",
  },
  {
    name: "a file of weights is not listed, and is another one",
    tell: unlisted,
    code: "bundle-damaged",
    message: "which the bundle's manifest does not list",
  },
  {
    name: "a weight is no number",
    tell: withNan,
    code: "model-unusable",
    message: "are not",
  },
];
