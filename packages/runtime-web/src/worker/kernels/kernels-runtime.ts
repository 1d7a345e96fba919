// The network as kernels of our own on WebGPU, without onnxruntime.
import { type BundleModel, checkOnnx, type DescribedModel, FleuronError, SerialQueue } from "@fleuron/model";
import { GivenUp } from "../../given-up.js";
import { UNHURRIED } from "../../messages.js";
import { DeviceLost } from "../device-lost.js";
import { reasonOf } from "../failures.js";
import type { ModelRuntime } from "../model-runtime.js";
import type { OpenModel } from "../open-model.js";
import { Steps } from "../steps.js";
import { checkSample } from "./check-sample.js";
import { openKernels } from "./open-kernels.js";

export class KernelsRuntime implements ModelRuntime {
  readonly queue = new SerialQueue();
  readonly steps = new Steps();
  readonly file = undefined;

  requireSuited({ sample }: BundleModel): void {
    if (sample === undefined) throw new GivenUp("the bundle has no sample to check kernels by");
  }

  start(): void {}

  async open(described: DescribedModel, files: readonly Uint8Array[]): Promise<OpenModel> {
    // A bundle that contradicts itself is refused by every provider.
    checkOnnx(files, described);
    this.steps.begin({
      doing: "the GPU compiled the model's kernels and ran them for the first time",
      patience: 10,
    });
    let opened: OpenModel | undefined;
    try {
      opened = await openKernels(described, files);
      await checkSample(opened, described);
      return opened;
    } catch (cause) {
      await opened?.release();
      throw cause instanceof DeviceLost ? cause : new GivenUp(reasonOf(cause));
    } finally {
      this.steps.begin(UNHURRIED);
    }
  }

  release(model: OpenModel): Promise<void> {
    return model.release();
  }

  /** A lost device holds nothing any more. */
  async releaseLost(): Promise<void> {}

  failureOf(cause: unknown): Error {
    if (cause instanceof FleuronError || cause instanceof GivenUp) return cause;
    return new GivenUp(`its device was lost: ${reasonOf(cause)}`);
  }
}
