import * as v from "valibot";
import type { Parameter } from "../layers/shape.js";
import { randomStream } from "../random/index.js";
import { unreachable } from "../unreachable.js";
import { fillCosines } from "./cosine-kernel.js";
import { sizeOf } from "./network.js";

const finite = v.pipe(v.number(), v.finite());

const initialiserSchema = v.variant("type", [
  /** Uniform in ±√(6 ÷ (fanIn + fanOut)): Glorot & Bengio 2010, Keras' default. */
  v.strictObject({ type: v.literal("glorotUniform") }),
  /** Normal with standard deviation √(2 ÷ fanIn): He et al. 2015. */
  v.strictObject({ type: v.literal("heNormal") }),
  /** Cosine waves, the strongest in photos first, for a kernel over the three colours of photos; else `heNormal`. */
  v.strictObject({ type: v.literal("cosines") }),
  v.strictObject({ type: v.literal("normal"), standardDeviation: v.pipe(finite, v.minValue(0)) }),
  v.strictObject({ type: v.literal("constant"), value: finite }),
]);

/** How one tensor's first values are drawn. */
export type Initialiser = Readonly<v.InferOutput<typeof initialiserSchema>>;

/** The initialisers of a network's kernels and biases. BatchNorm starts as the identity. */
export const initialisationSchema = v.strictObject({
  conv2dKernel: initialiserSchema,
  denseKernel: initialiserSchema,
  bias: initialiserSchema,
  /** By parameter name, where one differs. */
  overrides: v.optional(v.record(v.string(), initialiserSchema)),
});

export type Initialisation = Readonly<v.InferOutput<typeof initialisationSchema>>;

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
    case "cosines":
      stream.fillNormal(values, 0, Math.sqrt(2 / parameter.fanIn));
      if (overColours(parameter)) fillCosines(values, parameter.shape);
      return values;
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

const overColours = ({ shape }: Parameter): boolean => shape.length === 4 && shape[1] === 3;

const constants = { zeros: { type: "constant", value: 0 }, ones: { type: "constant", value: 1 } } as const;

const initialiserOf = ({ name, start }: Parameter, initialisation: Initialisation): Initialiser =>
  initialisation.overrides?.[name] ?? { ...initialisation, ...constants }[start];
