// A SavedModel in TensorFlow. Its signatures share one session, and so their variables.
import { createHash } from "node:crypto";
import { promises as fs } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { isLiving } from "@fleuron/files";
import type { Tensorflow, TensorflowSignature } from "./tensorflow.js";

export interface TensorValue {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array;
}

/** Tensors by the names of a signature's outputs. */
export type SignatureOutputs<Name extends string> = Readonly<Record<Name, TensorValue>>;

export interface SignatureInputs {
  readonly [name: string]: TensorValue;
}

const TAGS = ["serve"];

export class SavedModel implements AsyncDisposable {
  readonly #tensorflow: Tensorflow;
  readonly #folder: string;
  readonly #signatures = new Map<string, Promise<TensorflowSignature>>();

  private constructor(tensorflow: Tensorflow, folder: string) {
    this.#tensorflow = tensorflow;
    this.#folder = folder;
  }

  /** `bytes` are those of `saved_model.pb`; TensorFlow takes a file alone, so they go through a temporary one. */
  static async open(tensorflow: Tensorflow, bytes: Uint8Array): Promise<SavedModel> {
    await sweep();
    const folder = await fs.mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
    const model = new SavedModel(tensorflow, folder);
    try {
      await fs.writeFile(path.join(folder, "saved_model.pb"), bytes);
    } catch (error) {
      await model[Symbol.asyncDispose]();
      throw error;
    }
    return model;
  }

  /** Runs a signature, blocking the thread. No tensor stays in JavaScript. */
  async run<Output extends string>(
    signature: string,
    inputs: SignatureInputs,
  ): Promise<SignatureOutputs<Output>> {
    const loaded = await this.#signature(signature);
    const before = this.#tensorflow.memory().numTensors;
    const results = this.#predict<Output>(loaded, inputs);
    const left = this.#tensorflow.memory().numTensors - before;
    if (left !== 0) throw new Error(`internal: '${signature}' left ${left} tensors behind`);
    return results;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const signatures = [...this.#signatures.values()];
    this.#signatures.clear();
    for (const signature of signatures) (await signature).dispose();
    await fs.rm(this.#folder, { recursive: true, force: true });
  }

  #predict<Output extends string>(
    signature: TensorflowSignature,
    inputs: SignatureInputs,
  ): SignatureOutputs<Output> {
    const tensors = new Map(
      Object.entries(inputs).map(([name, { shape, data }]) => [
        name,
        this.#tensorflow.tensor(data, shape, "float32"),
      ]),
    );
    try {
      const outputs = signature.predict(Object.fromEntries(tensors));
      const results = Object.entries(outputs).map(([name, tensor]) => {
        const data = tensor.dataSync() as Float32Array;
        tensor.dispose();
        return [name, { shape: tensor.shape, data }];
      });
      return Object.fromEntries(results) as SignatureOutputs<Output>;
    } finally {
      for (const tensor of tensors.values()) tensor.dispose();
    }
  }

  #signature(name: string): Promise<TensorflowSignature> {
    const known = this.#signatures.get(name);
    if (known) return known;
    const loading = this.#tensorflow.node.loadSavedModel(this.#folder, TAGS, name);
    this.#signatures.set(name, loading);
    // One that could not be loaded fails its caller, once; the next may try again.
    loading.catch(() => this.#signatures.delete(name));
    return loading;
  }
}

/** This machine's, or container's: of others' processes nothing can be known here. */
const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const PREFIX = `fleuron-saved-model-${HOST}-`;

/** A folder of `open`: the process that made it, and what mkdtemp adds. */
const OURS = new RegExp(`^${PREFIX}(?<pid>\\d+)-\\w{6}$`);

/** Deletes what processes left that were killed; what is not this user's to delete stays. */
async function sweep(): Promise<void> {
  for (const name of await fs.readdir(tmpdir())) {
    const pid = OURS.exec(name)?.groups?.pid;
    if (pid === undefined || isLiving(Number(pid), null)) continue;
    await fs.rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}
