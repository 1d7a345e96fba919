// A worker's job: one model, encoded and written beside others.
import type { MessagePort } from "node:worker_threads";
import {
  type BundleFormat,
  type BundleModel,
  type BundlePrecision,
  FleuronError,
  type FleuronErrorData,
} from "@fleuron/model";
import type { FileLayout } from "../../format.js";
import { formatNamed } from "../../formats/index.js";
import type { TrainedModel } from "../../trained-model.js";
import { writeModel } from "./write-model.js";

export interface WriteModelTask {
  readonly folder: string;
  readonly model: TrainedModel;
  readonly format: BundleFormat;
  readonly precision: BundlePrecision;
  readonly layout: FileLayout;
  /** Gets the {@link ModelBytes}. */
  readonly port: MessagePort;
}

export type WriteModelOutcome = { readonly written: BundleModel } | { readonly error: FleuronErrorData };

export default async function write(task: WriteModelTask): Promise<WriteModelOutcome> {
  const { folder, model, precision, layout, port } = task;
  const format = formatNamed(task.format);
  try {
    const report = (bytes: unknown) => port.postMessage(bytes);
    return { written: await writeModel(folder, model, { format, precision }, { ...layout, report }) };
  } catch (error) {
    if (error instanceof FleuronError) return { error: error.toJSON() };
    throw error;
  } finally {
    port.close();
  }
}
