import { type ImportedNetwork, networkOf, withHead } from "@fleuron/graph";
import { type ImportSource, isSquare, type PreprocessingSpecification } from "@fleuron/model";
import { trainerError } from "../errors.js";
import type { RecipeName } from "../recipes/index.js";
import { tunedPlanOf } from "../recipes/resolve.js";
import { parameterStateName } from "../state.js";
import type { ChosenNetwork } from "./chosen-network.js";

/** Training photos of each class from which on all layers learn: fewer make a head that is there in seconds. */
const FEW_PHOTOS = 50;

/** What a file has of a classifier of photos. */
export interface LearntNetwork {
  readonly source: Omit<ImportSource, "weights">;
  readonly network: ImportedNetwork;
  /** By the parameters' names. */
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly preprocessing: PreprocessingSpecification;
}

export interface TuningChoice {
  /** The node that names the classes. Default: it is found. */
  readonly head?: string | undefined;
  /** What learns. Default: the recipe's. */
  readonly trainable?: string | undefined;
}

/**
 * The network of a file, with a new head.
 * @throws FleuronError "network-head", "network-unsuitable".
 */
export function networkToTune(
  { source, network: learnt, weights, preprocessing }: LearntNetwork,
  { head, trainable }: TuningChoice,
): ChosenNetwork & Required<Pick<ChosenNetwork, "learnt">> {
  if (!isSquare(preprocessing)) throw unsuitable(source.file, preprocessing);
  const network = { ...learnt, name: source.file.replace(/\.onnx$/, "") };
  const headed = (classes: number) => withHead(network, { classes, head });
  const { size, resize: fitting, scale, mean, std } = preprocessing;
  const ofLevels = ([red, green, blue]: typeof mean): [number, number, number] => {
    const unit = 255 * scale;
    return [red / unit, green / unit, blue / unit];
  };
  // A file without a head is refused before its photos are looked at.
  headed(2);
  return {
    imageSize: size,
    recipeFor: (photosPerClass): RecipeName => {
      if (trainable !== undefined) return trainable === "head" ? "head" : "fine-tune";
      return photosPerClass < FEW_PHOTOS ? "head" : "fine-tune";
    },
    suited: (recipe) => ({
      ...recipe,
      ...(trainable !== undefined && { trainable }),
      preprocessing: {
        fit: fitting.fit,
        filter: fitting.filter,
        resizeRatio: (fitting.resizeTo ?? size) / size,
        mean: ofLevels(mean),
        std: ofLevels(std),
      },
    }),
    preprocessing: () => preprocessing,
    plan(recipe, { classes, precision }) {
      const { network: tuned, parameters } = headed(classes);
      return tunedPlanOf(recipe, { network: tuned, head: parameters }, precision);
    },
    learnt: {
      source: { file: source.file, sha256: source.sha256 },
      weights: ({ network }) =>
        networkOf(network).parameters.flatMap((parameter) => {
          const data = weights.get(parameter.name);
          return data ? [{ name: parameterStateName(parameter), shape: parameter.shape, data }] : [];
        }),
    },
  };
}

function unsuitable(file: string, { size, resize }: PreprocessingSpecification) {
  const [height, width] = [size, size].flat();
  const isSquareInput = typeof size === "number" || height === width;
  return trainerError(
    "network-unsuitable",
    isSquareInput
      ? `Photos do not fill the input of ${file}: they are fitted by '${resize.fit}'.`
      : `The input of ${file} is ${height} × ${width} pixels; training takes squares.`,
    {
      subject: "network",
      hint: isSquareInput
        ? "Say with `resize` how a photo fills it: squash, or pixels of the shorter side."
        : undefined,
    },
  );
}
