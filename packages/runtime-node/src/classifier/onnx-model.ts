// One of a bundle's ONNX models in onnxruntime: inputs in, probabilities out.
import { lstat, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { readFailure } from "@fleuron/files";
import {
  type BundleModel,
  checkOnnx,
  checkProbabilities,
  checkSignature,
  type DescribedModel,
  inputLength,
  modelInput,
} from "@fleuron/model";
import type { InferenceSession } from "onnxruntime-node";
import { runtimeError } from "../errors.js";
import { onnxruntime } from "./onnxruntime.js";

export interface OnnxModel extends AsyncDisposable {
  /**
   * @param images a batch of inputs, [batch, channels, height, width], also where the model takes bytes.
   * @returns probabilities, [batch, labels].
   * @throws FleuronError `model-unusable` for a result that is no such thing.
   */
  run(images: Float32Array): Promise<Float32Array>;
}

export interface OnnxModelOptions {
  /** At most, and by default, one for each core. */
  readonly threads?: number | undefined;
  /**
   * Takes weights as they lie in the file instead of laying them out anew, and does not run the model beforehand: a model of
   * many weights is open in a small part of the time, and then a run takes about half as long again. Default: false.
   */
  readonly forFewPhotos?: boolean | undefined;
}

/** A bundle's folder, and of its manifest what a model is checked against. */
export interface ModelPlace extends Pick<DescribedModel, "manifest"> {
  readonly folder: string;
}

/** Neither laying out kernels in blocks nor packing matrices for repeated products. */
const asTheyLie = {
  graphOptimizationLevel: "basic",
  extra: { session: { disable_prepacking: "1" } },
} as const;

/**
 * Opens a model of a bundle and, unless it is for few photos, runs it once on nothing. Its files are taken as they are (see {@link checkFiles}), but
 * they have to be what the manifest says of them: names, shapes, labels, and no file that it does not list.
 * @throws FleuronError `manifest-invalid`, `bundle-damaged`; `model-unusable` with onnxruntime's words;
 * `file-unreadable`.
 */
export async function openOnnxModel(
  { folder, manifest }: ModelPlace,
  model: BundleModel,
  options: OnnxModelOptions = {},
): Promise<OnnxModel> {
  const subject = join(folder, model.files[0]!.path);
  const described = { manifest, model, subject };
  checkOnnx([await read(subject)], described);
  const session = await createSession(folder, model, options);
  const { input, output } = model;
  const { preprocessing } = manifest;
  const run = async (images: Float32Array) => {
    const { type, data, dims } = modelInput(images, model, preprocessing);
    const results = await session
      .run({ [input.name]: new onnxruntime.Tensor(type, data, dims) }, [output.name])
      .catch((cause: unknown) => Promise.reject(unusable(subject, cause)));
    const probabilities = results[output.name]!.data as Float32Array;
    checkProbabilities(probabilities, dims[0]!, described);
    return probabilities;
  };
  try {
    checkSignature(session, described);
    if (!options.forFewPhotos) await run(new Float32Array(inputLength(preprocessing)));
  } catch (error) {
    await session.release();
    throw error;
  }
  return { run, [Symbol.asyncDispose]: () => session.release() };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

async function createSession(
  folder: string,
  { files: [main, ...others] }: BundleModel,
  { threads, forFewPhotos = false }: OnnxModelOptions,
): Promise<InferenceSession> {
  const path = join(folder, main!.path);
  try {
    return await onnxruntime.InferenceSession.create(path, {
      executionProviders: ["cpu"],
      ...(forFewPhotos && asTheyLie),
      ...(threads !== undefined && { intraOpNumThreads: Math.min(threads, availableParallelism()) }),
    });
  } catch (cause) {
    const link = await firstLink(others.map((file) => join(folder, file.path)));
    throw link === undefined ? unusable(path, cause) : linkRefused(link, cause);
  }
}

async function firstLink(paths: readonly string[]): Promise<string | undefined> {
  const links = await Promise.all(paths.map(async (path) => (await lstat(path)).isSymbolicLink()));
  return paths.find((_, index) => links[index]);
}

const linkRefused = (path: string, cause: unknown) =>
  runtimeError(
    "model-unusable",
    `${path} is a link: onnxruntime reads no weights from outside of the model's folder.`,
    { subject: path, hint: "Copy the files themselves: a link is refused.", cause },
  );

const unusable = (path: string, cause: unknown) =>
  runtimeError(
    "model-unusable",
    `onnxruntime cannot use ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { subject: path, hint: "Copy the whole bundle again, or write it again with `writeBundle`.", cause },
  );
