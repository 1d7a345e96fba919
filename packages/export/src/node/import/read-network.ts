// An ONNX file as a network of ours with its weights, for what needs neither labels nor photos.
import { dirname, join } from "node:path";
import type { ImportedNetwork } from "@fleuron/graph";
import { chosenPreprocessing, inputSides } from "@fleuron/model";
import {
  type BoundInputs,
  type ImportedSummary,
  importClassifier,
  summariseImported,
} from "@fleuron/onnx-import";
import { readSource } from "@fleuron/onnx-import/node";

export interface ReadNetworkOptions {
  /** The path of an ONNX file. */
  readonly file: string;
  /** A side, or height × width, such as "224" or "48x192", where the file leaves it open. */
  readonly imageSize?: string | undefined;
  readonly inputs?: BoundInputs | undefined;
}

export interface ReadNetwork {
  readonly network: ImportedNetwork;
  readonly weights: ReadonlyMap<string, Float32Array>;
  /** The paths of the file and of those beside it that hold its weights. */
  readonly files: readonly string[];
}

/** @throws FleuronError `file-unreadable`, those of `importOnnx`. */
export async function readNetwork({
  file,
  imageSize,
  inputs = {},
}: ReadNetworkOptions): Promise<ReadNetwork> {
  const source = await readSource(file);
  const sides = imageSize === undefined ? undefined : sidesIn(imageSize);
  const files = [source.path];
  const externalData = (name: string) => {
    files.push(join(dirname(source.path), name));
    return source.externalData(name);
  };
  const read = { ...source, externalData };
  const { imported, network } = importClassifier(read, { imageSize: sides, inputs });
  return { network, weights: imported.values, files };
}

function sidesIn(imageSize: string): readonly [number, number] {
  const { height, width } = inputSides(chosenPreprocessing({ preprocessing: "0..1", imageSize }));
  return [height, width];
}

export const summariseFile = async (options: ReadNetworkOptions): Promise<ImportedSummary> =>
  summariseImported((await readNetwork(options)).network);
