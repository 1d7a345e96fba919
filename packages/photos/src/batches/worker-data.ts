// The loop's data, made by worker threads a few batches ahead.
import { Worker } from "node:worker_threads";
import { deserialiseError } from "@fleuron/model";
import { PixelBudget } from "@fleuron/runtime-node/photos";
import type { Batch, ImageBatch, LabelledBatch, TrainingData } from "@fleuron/training/data";
import { computedPart, outOfMemory, partOfBatch, stepsPerEpoch, viewsOf } from "@fleuron/training/data";
import {
  type BatchReply,
  type BatchRequest,
  type BatchWorkerData,
  type BatchWorkerStart,
  endOfRequests,
} from "./messages.js";

/** Batches of an epoch, or of a validation, from which one more thread is worth the time that it takes to start. */
const batchesPerWorker = 8;

/** Batches that are under way or wait for the engine, beyond one per worker. */
const ahead = 2;

interface Pending {
  resolve(batch: ImageBatch): void;
  reject(error: Error): void;
}

// Without `id`, each on its own, so that the union stays one.
type Request = BatchRequest extends infer Kind
  ? Kind extends BatchRequest
    ? Omit<Kind, "id">
    : never
  : never;

export class WorkerData implements TrainingData, AsyncDisposable {
  readonly stepsPerEpoch: number;
  readonly valCount: number;
  readonly #data: BatchWorkerData;
  readonly #workers: readonly Worker[];
  readonly #ended: readonly Promise<unknown>[];
  readonly #pending = new Map<number, Pending>();
  #requests = 0;
  #failure: Error | undefined;

  /** Starts at most `workers` threads (default: 2), one alone for few batches; they end when this is disposed. */
  constructor(data: BatchWorkerData, workers = 2) {
    this.#data = data;
    this.stepsPerEpoch = stepsPerEpoch(data.train.length, data.settings);
    this.valCount = data.val.length;
    const batches = Math.max(1, this.stepsPerEpoch, this.#ranges().length);
    const threads = Math.min(workers, Math.ceil(batches / batchesPerWorker));
    const { shared: budget } = new PixelBudget();
    const start: BatchWorkerStart = { ...data, budget };
    this.#workers = Array.from({ length: threads }, () => {
      const worker = new Worker(new URL("./batch-worker.js", import.meta.url), { workerData: start });
      worker.on("message", (reply: BatchReply) => this.#receive(reply));
      worker.on("error", (error) => this.#fail(this.#reported(error)));
      worker.on("exit", (code) => this.#fail(new Error(`A data worker ended with code ${code}.`)));
      return worker;
    });
    this.#ended = this.#workers.map((worker) => new Promise((resolve) => worker.once("exit", resolve)));
  }

  training(epoch: number, firstStep: number): AsyncGenerator<Batch> {
    const requests = Array.from({ length: this.stepsPerEpoch - firstStep }, (_, index) => ({
      kind: "training" as const,
      epoch,
      step: firstStep + index,
    }));
    return this.#inOrder(requests) as AsyncGenerator<Batch>;
  }

  async *validation(): AsyncGenerator<LabelledBatch> {
    const { share } = this.#data.settings;
    const batches = this.#ranges().map(({ begin, end }) => ({
      begin,
      end,
      place: partOfBatch(end - begin, share),
    }));
    const requests = batches.map(({ begin: start, place }) => {
      const { begin, end } = computedPart(place);
      return { kind: "evaluation" as const, begin: start + begin, end: start + end };
    });
    let next = 0;
    for await (const batch of this.#inOrder(requests)) {
      const { begin, end, place } = batches[next++]!;
      const labels = this.#data.val.slice(begin, end).map(({ label }) => label);
      yield { ...batch, views: this.#views, labels, ...(share && { place }) };
    }
  }

  get #views(): number {
    return viewsOf(this.#data.settings.testTimeAugmentation ?? "none").length;
  }

  /** The photos of each batch of validation, as a half-open range. */
  #ranges(): readonly { readonly begin: number; readonly end: number }[] {
    const photos = Math.max(1, Math.floor(this.#data.settings.batchSize / this.#views));
    return Array.from({ length: Math.ceil(this.valCount / photos) }, (_, index) => ({
      begin: index * photos,
      end: Math.min((index + 1) * photos, this.valCount),
    }));
  }

  /** Waits for the threads: one that is ended inside native code, such as a decoder, takes the process with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#failure ??= new Error("The data workers have ended.");
    for (const worker of this.#workers) worker.postMessage(endOfRequests);
    await Promise.all(this.#ended);
  }

  async *#inOrder(requests: readonly Request[]): AsyncGenerator<ImageBatch> {
    const underWay: Promise<ImageBatch>[] = [];
    let next = 0;
    const fill = () => {
      while (next < requests.length && underWay.length < this.#workers.length + ahead) {
        const promise = this.#request(requests[next++]!);
        // A consumer that stops early never awaits the rest.
        promise.catch(() => undefined);
        underWay.push(promise);
      }
    };
    fill();
    while (underWay.length > 0) {
      const batch = await underWay.shift()!;
      fill();
      yield batch;
    }
  }

  #request(request: Request): Promise<ImageBatch> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = this.#requests++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#workers[id % this.#workers.length]!.postMessage({ ...request, id } satisfies BatchRequest);
    });
  }

  #receive(reply: BatchReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ("error" in reply) pending?.reject(this.#reported(deserialiseError(reply.error)));
    else pending?.resolve(reply.batch);
  }

  #reported(error: Error): Error {
    return outOfMemory(error, this.#data.settings.batchSize) ?? error;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}
