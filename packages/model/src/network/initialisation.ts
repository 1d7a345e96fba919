import type { Parameter } from "../layers/shape.js";
import { randomStream } from "../random/index.js";
import { unreachable } from "../unreachable.js";
import { sizeOf } from "./network.js";

/** How one tensor's first values are drawn. */
export type Initialiser =
  /** Uniform in ±√(6 ÷ (fanIn + fanOut)): Glorot & Bengio 2010, Keras' default. */
  | { readonly type: "glorotUniform" }
  /** Normal with standard deviation √(2 ÷ fanIn): He et al. 2015. */
  | { readonly type: "heNormal" }
  | { readonly type: "normal"; readonly standardDeviation: number }
  | { readonly type: "constant"; readonly value: number };

/** The initialisers of a network's kernels and biases. BatchNorm starts as the identity. */
export interface Initialisation {
  readonly conv2dKernel: Initialiser;
  readonly denseKernel: Initialiser;
  readonly bias: Initialiser;
  /** By parameter name, where one differs. */
  readonly overrides?: { readonly [parameter: string]: Initialiser };
}

/** The first values of a parameter: the `index`-th of its network, from `seed`. Does not depend on any other. */
export function initialise(
  parameter: Parameter,
  index: number,
  initialisation: Initialisation,
  seed: number,
): Float32Array {
  const values = new Float32Array(sizeOf(parameter.shape));
  const initialiser = initialiserOf(parameter, initialisation);
  const stream = randomStream(seed, "initialise", 0, index);
  switch (initialiser.type) {
    case "constant":
      return values.fill(initialiser.value);
    case "glorotUniform": {
      const limit = Math.sqrt(6 / (parameter.fanIn + parameter.fanOut));
      stream.fillUniform(values, -limit, limit);
      return values;
    }
    case "heNormal":
      stream.fillNormal(values, 0, Math.sqrt(2 / parameter.fanIn));
      return values;
    case "normal":
      stream.fillNormal(values, 0, initialiser.standardDeviation);
      return values;
    default:
      return unreachable(initialiser);
  }
}

const constants = { zeros: { type: "constant", value: 0 }, ones: { type: "constant", value: 1 } } as const;

const initialiserOf = ({ name, start }: Parameter, initialisation: Initialisation): Initialiser =>
  initialisation.overrides?.[name] ?? { ...initialisation, ...constants }[start];
