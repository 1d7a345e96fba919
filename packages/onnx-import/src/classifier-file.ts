// An ONNX file as a classifier of photos: its network, its weights, and how photos become its inputs.
import { type ImportedNetwork, networkOf } from "@fleuron/graph";
import {
  chosenPreprocessing,
  counted,
  type FoundPreprocessing,
  inputSides,
  type PreprocessingChoice,
  type PreprocessingSpecification,
  parsePreprocessing,
  type WarningEvent,
  warning,
} from "@fleuron/model";
import { importError } from "./errors.js";
import { importClassifier } from "./import-source.js";
import type { OnnxFile } from "./onnx-file.js";

/** Numbers for inputs that are no image, by their names. */
export type BoundInputs = Readonly<Record<string, number | readonly number[]>>;

export interface ClassifierChoice extends PreprocessingChoice {
  readonly inputs?: BoundInputs | undefined;
}

export interface ClassifierFile {
  readonly network: ImportedNetwork;
  /** Every parameter of the network by its name. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly preprocessing: PreprocessingSpecification;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * A file as a classifier of photos. How they become inputs is what was chosen, in place of what was found beside the file or
 * stands in its own metadata; a warning says where it is guessed.
 * @throws FleuronError those of `importOnnx`; `preprocessing-invalid`.
 */
export function* classifierFile(
  source: OnnxFile,
  { inputs = {}, ...choice }: ClassifierChoice,
  beside?: FoundPreprocessing,
): Generator<WarningEvent, ClassifierFile> {
  const chosen =
    choice.imageSize === undefined ? undefined : chosenPreprocessing({ preprocessing: "0..1", ...choice });
  const sides = chosen ?? beside?.preprocessing;
  const { imported, network } = importClassifier(source, { imageSize: sides && sidesOf(sides), inputs });
  const { input } = networkOf(network);
  if (input.channels !== 3) {
    throw importError(
      "model-invalid",
      `${source.path}: The file takes images of ${counted(input.channels, "channel")}; photos have three.`,
      { subject: source.file },
    );
  }
  const { metadata } = imported;
  return {
    network,
    weights: imported.values,
    metadata,
    preprocessing: yield* preprocessingOf(
      choice,
      beside ?? preprocessingOfMetadata(metadata),
      `${input.height}x${input.width}`,
    ),
  };
}

const sidesOf = (specification: PreprocessingSpecification): readonly [number, number] => {
  const { height, width } = inputSides(specification);
  return [height, width];
};

function* preprocessingOf(
  choice: PreprocessingChoice,
  found: FoundPreprocessing | undefined,
  input: string,
): Generator<WarningEvent, PreprocessingSpecification> {
  for (const message of found?.warnings ?? []) yield warning("preprocessing-differs", message);
  if (found !== undefined) return chosenPreprocessing(choice, found.preprocessing);
  if (choice.preprocessing === undefined) {
    const guess = "Photos become inputs as is usual for ImageNet: the file does not say how.";
    yield warning("preprocessing-guessed", `${guess} Say it with \`preprocessing\` and \`channels\`.`);
  }
  const { preprocessing = "imagenet", imageSize = input } = choice;
  return chosenPreprocessing({ ...choice, preprocessing, imageSize });
}

/** What files that are written here say. */
function preprocessingOfMetadata({
  preprocessing,
}: Readonly<Record<string, string>>): FoundPreprocessing | undefined {
  const value = preprocessing === undefined ? undefined : jsonIn(preprocessing);
  return value === undefined ? undefined : { preprocessing: parsePreprocessing(value), warnings: [] };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
