// The table of optimisers. To add one: a file beside sgd.ts and a line in each list here.
import type * as v from "valibot";
import type { OptimiserDefinition } from "./optimiser.js";
import { sgd, sgdSchema } from "./sgd.js";

export const optimiserSchema = sgdSchema;
export type Optimiser = v.InferOutput<typeof optimiserSchema>;

const definitions: {
  readonly [Type in Optimiser["type"]]: OptimiserDefinition<Extract<Optimiser, { type: Type }>>;
} = {
  sgd,
};

export const optimiserDefinition = (optimiser: Optimiser): OptimiserDefinition<Optimiser> =>
  definitions[optimiser.type];

export const slotNames = (optimiser: Optimiser): readonly string[] => optimiserDefinition(optimiser).slots;
