import {
  type BundleModel,
  type Classification,
  type Classifier,
  type ClassifyOptions,
  type Manifest,
  preprocess,
  type RgbImage,
  rankLabels,
  SerialQueue,
} from "@fleuron/model";
import { runtimeError } from "../errors.js";
import { decodePhoto } from "../photos/decode-photo.js";
import { readPhoto } from "../photos/read-photo.js";
import type { OnnxModel } from "./onnx-model.js";

/** A photo's path, the bytes of its file, or its pixels. */
export type NodePhoto = string | Uint8Array | RgbImage;

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
    const { labels } = this.manifest;
    const decoded = await Promise.all(photos.map((photo) => timed(() => this.#decode(photo))));
    this.#requireUsable(signal);
    const inputs = await this.#inputs(decoded.map(({ value }) => value));
    const { value: probabilities, milliseconds: run } = await this.#run(inputs.images, signal);
    return photos.map((_, index) => ({
      predictions: rankLabels(
        probabilities.subarray(index * labels.length, (index + 1) * labels.length),
        labels,
        topK,
      ),
      timings: { decode: decoded[index]!.milliseconds, preprocess: inputs.milliseconds[index]!, run },
    }));
  }

  async #decode(photo: NodePhoto): Promise<RgbImage> {
    if (typeof photo !== "string" && !(photo instanceof Uint8Array)) return photo;
    const { background } = this.manifest.preprocessing;
    if (typeof photo !== "string") return decodePhoto(photo, { background });
    return decodePhoto(await readPhoto(photo), { background, subject: photo });
  }

  async #inputs(photos: readonly RgbImage[]) {
    const { preprocessing } = this.manifest;
    const perPhoto = 3 * preprocessing.size ** 2;
    const images = new Float32Array(photos.length * perPhoto);
    const milliseconds: number[] = [];
    for (const [index, photo] of photos.entries()) {
      const took = await timed(() => preprocess(photo, preprocessing, images, index * perPhoto));
      milliseconds.push(took.milliseconds);
    }
    return { images, milliseconds };
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

const isBatch = (photo: NodePhoto | readonly NodePhoto[]): photo is readonly NodePhoto[] =>
  Array.isArray(photo);

async function timed<T>(work: () => T | Promise<T>) {
  const began = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - began };
}
