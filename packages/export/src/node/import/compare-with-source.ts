// Whether a bundle computes what the file computes that it was imported from.
import {
  createImage,
  fillInput,
  inputLength,
  type PreprocessingSpecification,
  type ProgressEvent,
  progress,
  randomStream,
  resizePhoto,
} from "@fleuron/model";
import type { BoundInputs } from "@fleuron/onnx-import";
import { readSource, type SourceFile } from "@fleuron/onnx-import/node";
import { type Bundle, openBundle, openOnnxModel } from "@fleuron/runtime-node";
import { exportError } from "../../errors.js";
import { float32Onnx } from "../float32-onnx.js";
import { openSource } from "./source-session.js";

export interface SourceAgreement {
  /** Absolute: the bundle, and the file that it was imported from. */
  readonly bundle: string;
  readonly source: string;
  /** Drawn images. */
  readonly images: number;
  /** Largest |Δ probability| of any image and label, as a share of the largest probability. */
  readonly maxDifference: number;
  readonly passed: boolean;
}

export interface VerifySourceOptions {
  readonly bundle: string;
  /** The file that it was imported from. */
  readonly source: string;
  /** As they were when it was imported. */
  readonly inputs?: BoundInputs | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The largest share that passes. */
export const SOURCE_TOLERANCE = 1e-5;
/** For a file that takes or gives float16: a logit of 16 is rounded by 2⁻⁷ at most. */
const TOLERANCE_OF_HALVES = 8e-3;
const IMAGES = 3;

export async function* verifySource(
  options: VerifySourceOptions,
): AsyncGenerator<ProgressEvent, SourceAgreement> {
  const [bundle, source] = await Promise.all([openBundle(options.bundle), readSource(options.source)]);
  const { folder, manifest } = bundle;
  if (manifest.source === undefined) {
    throw exportError(
      "source-differs",
      `${folder} comes from the run ${manifest.training!.run}, not from a file.`,
      {
        subject: folder,
        hint: "Leave out `source`.",
      },
    );
  }
  if (manifest.source.sha256 !== source.sha256) {
    const { file } = manifest.source;
    throw exportError(
      "source-differs",
      `${source.path} is not the ${file} that ${folder} was imported from.`,
      {
        subject: source.path,
        hint: "Name that file, or import this one with `importBundle`.",
      },
    );
  }
  return yield* compareWithSource({ ...options, bundle, source });
}

interface Compared extends Pick<VerifySourceOptions, "inputs" | "signal"> {
  readonly bundle: Bundle;
  readonly source: SourceFile;
}

export async function* compareWithSource({
  bundle,
  source,
  inputs = {},
  signal,
}: Compared): AsyncGenerator<ProgressEvent, SourceAgreement> {
  const { folder, manifest } = bundle;
  const { preprocessing } = manifest;
  const model = float32Onnx(manifest);
  if (model === undefined) {
    throw exportError("no-reference", `${folder} has no float32 ONNX model to compare with ${source.file}.`, {
      subject: folder,
      hint: "Import it again with the `format` onnx and float32 among `precisions`.",
    });
  }
  await using ours = await openOnnxModel(bundle, model);
  await using theirs = await openSource({ source, preprocessing, inputs });
  const { batch } = theirs;
  const total = Math.ceil(IMAGES / batch) * batch;
  let [largest, difference] = [0, 0];
  const at = (completed: number) => progress("comparing with the file", completed, total, "photos");
  yield at(0);
  for (let completed = 0; completed < total; completed += batch) {
    signal?.throwIfAborted();
    const images = theirs.taken(drawnImages(preprocessing, completed, batch));
    const [expected, actual] = [await theirs.run(images), await ours.run(images)];
    for (const [index, probability] of expected.entries()) {
      largest = Math.max(largest, probability);
      difference = Math.max(difference, Math.abs(probability - actual[index]!));
    }
    yield at(completed + batch);
  }
  const maxDifference = difference / largest;
  const passed = maxDifference <= (theirs.rounds ? TOLERANCE_OF_HALVES : SOURCE_TOLERANCE);
  return { bundle: folder, source: source.path, images: total, maxDifference, passed };
}

/** Patches of drawn colours, as photos become inputs. */
function drawnImages(preprocessing: PreprocessingSpecification, first: number, count: number): Float32Array {
  const length = inputLength(preprocessing);
  const images = new Float32Array(count * length);
  for (let index = 0; index < count; index++) {
    const patches = createImage(12, 12);
    const random = randomStream(1, "draw", 0, first + index);
    for (let at = 0; at < patches.data.length; at++) patches.data[at] = Math.floor(random.uniform() * 256);
    fillInput(resizePhoto(patches, preprocessing), preprocessing, images, index * length);
  }
  return images;
}
