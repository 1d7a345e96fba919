import {
  answerOf,
  type BundleModel,
  type Classification,
  type ClassificationTimings,
  type Classifier,
  type ClassifyOptions,
  inputLength,
  type Manifest,
  preprocess,
  type RgbImage,
  SerialQueue,
} from "@fleuron/model";
import { runtimeError } from "../errors.js";
import { usePhoto } from "../photos/decode-photo.js";
import { readPhoto } from "../photos/read-photo.js";
import type { OnnxModel } from "./onnx-model.js";

/** A photo's path, the bytes of its file, its pixels, or the network's input, as `preprocess` gives it for any model. */
export type NodePhoto = string | Uint8Array | RgbImage | Float32Array;

export class NodeClassifier implements Classifier<NodePhoto> {
  readonly executionProvider = "cpu";
  #onnx: OnnxModel | undefined;
  readonly #runs = new SerialQueue();

  constructor(
    readonly manifest: Manifest,
    readonly model: BundleModel,
    onnx: OnnxModel,
  ) {
    this.#onnx = onnx;
  }

  classify(photo: NodePhoto, options?: ClassifyOptions): Promise<Classification>;
  classify(photos: readonly NodePhoto[], options?: ClassifyOptions): Promise<readonly Classification[]>;
  async classify(
    photo: NodePhoto | readonly NodePhoto[],
    options: ClassifyOptions = {},
  ): Promise<Classification | readonly Classification[]> {
    if (isBatch(photo)) return this.#classifyBatch(photo, options);
    const [classification] = (await this.#classifyBatch([photo], options)) as readonly [Classification];
    return classification;
  }

  async dispose(): Promise<void> {
    const onnx = this.#onnx;
    this.#onnx = undefined;
    await this.#runs.idle();
    await onnx?.[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  async #classifyBatch(
    photos: readonly NodePhoto[],
    { topK, signal }: ClassifyOptions,
  ): Promise<readonly Classification[]> {
    this.#requireUsable(signal);
    if (photos.length === 0) return [];
    const { labels, output } = this.manifest;
    const naming = { labels, rejectBelow: output.rejectBelow, topK };
    const inputs = await this.#inputs(photos);
    const { value: probabilities, milliseconds: run } = await this.#run(inputs.images, signal);
    return photos.map((_, index) => ({
      ...answerOf(probabilities.subarray(index * labels.length, (index + 1) * labels.length), naming),
      timings: { ...inputs.timings[index]!, run },
    }));
  }

  async #inputs(photos: readonly NodePhoto[]) {
    const perPhoto = inputLength(this.manifest.preprocessing);
    const images = new Float32Array(photos.length * perPhoto);
    const timings = await Promise.all(
      photos.map((photo, index) =>
        this.#prepare(photo, images.subarray(index * perPhoto, (index + 1) * perPhoto)),
      ),
    );
    return { images, timings };
  }

  /** @param input what the photo becomes is written there. */
  async #prepare(photo: NodePhoto, input: Float32Array): Promise<Omit<ClassificationTimings, "run">> {
    const { preprocessing } = this.manifest;
    const began = performance.now();
    const prepare = (image: RgbImage) => {
      const decoded = performance.now();
      preprocess(image, preprocessing, input);
      return { decode: decoded - began, preprocess: performance.now() - decoded };
    };
    const { background } = preprocessing;
    if (typeof photo === "string") {
      return usePhoto(await readPhoto(photo), { background, subject: photo }, prepare);
    }
    if (photo instanceof Uint8Array) return usePhoto(photo, { background }, prepare);
    if (!(photo instanceof Float32Array)) return prepare(photo);
    if (photo.length !== input.length) throw wrongLength(photo.length, input.length);
    input.set(photo);
    return { decode: 0, preprocess: 0 };
  }

  /** One batch at a time: onnxruntime has a thread for each core already. */
  #run(images: Float32Array, signal: AbortSignal | undefined) {
    return this.#runs.add(async () => {
      const onnx = this.#requireUsable(signal);
      const result = await timed(() => onnx.run(images));
      this.#requireUsable(signal);
      return result;
    });
  }

  #requireUsable(signal: AbortSignal | undefined): OnnxModel {
    signal?.throwIfAborted();
    if (this.#onnx) return this.#onnx;
    throw runtimeError("classifier-disposed", "The classifier was disposed.", { hint: "Load another one." });
  }
}

const wrongLength = (given: number, expected: number) =>
  runtimeError("input-invalid", `The input has ${given} numbers instead of ${expected}.`, {
    hint: "Give [3, height, width] numbers that are normalised, or an image, a file or its bytes.",
  });

const isBatch = (photo: NodePhoto | readonly NodePhoto[]): photo is readonly NodePhoto[] =>
  Array.isArray(photo);

async function timed<T>(work: () => T | Promise<T>) {
  const began = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - began };
}
